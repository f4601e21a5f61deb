//! API servers, over TLS with the administrator's certificate.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, Method, redirect};

use super::internet::words;
use super::tls;
use crate::kubernetes::{Access, ApiAnswer, ApiError, ApiRequest, Clusters, Transport};
use crate::limits::API_BYTES_MAX;
use crate::reach::Pending;

/// An API server answers in milliseconds, or it is not well.
const CALL_TIME: Duration = Duration::from_secs(30);

const CONNECT_TIME: Duration = Duration::from_secs(5);

/// Opens ways to API servers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Servers;

struct Server {
    client: Client,
    root: String,
}

impl Clusters for Servers {
    fn open(&self, access: &Access) -> Result<Arc<dyn Transport>, ApiError> {
        let bad = |cause: String| ApiError::BadAccess { cause };
        let client = Client::builder()
            .tls_backend_preconfigured(tls::cluster(access).map_err(bad)?)
            .https_only(true)
            .redirect(redirect::Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT_TIME)
            .timeout(CALL_TIME)
            .build()
            .map_err(|error| bad(words(&error)))?;
        Ok(Arc::new(Server { client, root: access.server.clone() }))
    }
}

impl Transport for Server {
    fn send(&self, request: ApiRequest) -> Pending<'_, Result<ApiAnswer, ApiError>> {
        Box::pin(self.exchange(request))
    }
}

impl Server {
    async fn exchange(&self, request: ApiRequest) -> Result<ApiAnswer, ApiError> {
        let silent = |cause: String| ApiError::Silent { server: self.root.clone(), cause };
        let method = Method::from_bytes(request.method.as_bytes()).unwrap_or(Method::GET);
        let mut builder = self.client.request(method, format!("{}{}", self.root, request.target));
        if let Some(content_type) = request.content_type {
            builder = builder.header(CONTENT_TYPE, content_type).body(request.body);
        }
        let mut response = builder.send().await.map_err(|error| silent(words(&error)))?;
        let status = response.status().as_u16();
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(|error| silent(words(&error)))? {
            body.extend_from_slice(&piece);
            if body.len() > API_BYTES_MAX {
                return Err(silent(format!("its answer is larger than {API_BYTES_MAX} bytes")));
            }
        }
        Ok(ApiAnswer { status, body })
    }
}
