//! The transport to a real host: HTTP/1.1 over TLS.

use std::error::Error as StdError;
use std::io;

use hyper::ext::ReasonPhrase;
use reqwest::header::{CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Body, Client, Response};

use super::pin::AnotherCertificate;
use super::trust::{Trust, client_config};
use super::{Endpoint, HttpAnswer, HttpRequest, Pending, Transport, TransportError};
use crate::error::Error;
use crate::limits::{ANSWER_BYTES_MAX, CALL_TIME, CONNECT_TIME, HEADERS_MAX, IDLE_CONNECTION};
use crate::request::Method;

/// A host, reached by HTTPS. Redirects are not followed, proxies of the environment not used, and nothing is decompressed:
/// the host compresses only when asked.
#[derive(Clone, Debug)]
pub struct Https {
    client: Client,
    root: String,
    host: String,
}

impl Https {
    /// A transport to one host. Nothing is connected yet.
    pub fn new(endpoint: &Endpoint, trust: &Trust) -> Result<Self, Error> {
        let client = Client::builder()
            .tls_backend_preconfigured(client_config(trust)?)
            .http1_only()
            .https_only(true)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .no_proxy()
            .connect_timeout(CONNECT_TIME)
            .timeout(CALL_TIME)
            .pool_idle_timeout(IDLE_CONNECTION)
            .http1_max_headers(HEADERS_MAX)
            .user_agent(concat!("homelab/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|cause| Error::Setup { cause: words(&cause) })?;
        let root = format!("https://{}:{}", endpoint.url_host(), endpoint.port());
        Ok(Self { client, root, host: endpoint.to_string() })
    }

    async fn exchange(&self, request: HttpRequest) -> Result<HttpAnswer, TransportError> {
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Put => reqwest::Method::PUT,
            Method::Delete => reqwest::Method::DELETE,
        };
        let mut builder =
            self.client.request(method, format!("{}{}", self.root, request.path_and_query)).headers(headers(&request)?);
        if matches!(request.method, Method::Post | Method::Put) {
            // The host refuses chunks, so the length is said, also that of nothing.
            builder = builder.header(CONTENT_LENGTH, request.body.len()).body(Body::from(request.body));
        }
        let response = builder.send().await.map_err(|cause| classify(&cause))?;
        read(response).await
    }
}

impl Transport for Https {
    fn send(&self, request: HttpRequest) -> Pending<'_, Result<HttpAnswer, TransportError>> {
        Box::pin(self.exchange(request))
    }

    fn host(&self) -> &str {
        &self.host
    }
}

fn headers(request: &HttpRequest) -> Result<HeaderMap, TransportError> {
    let mut headers = HeaderMap::with_capacity(request.headers.len());
    for (name, value) in &request.headers {
        let mut value = HeaderValue::from_str(value).map_err(|_| TransportError::Unreachable {
            cause: format!("the header `{name}` would hold a control character"),
        })?;
        value.set_sensitive(!matches!(*name, "accept" | "content-type"));
        headers.insert(HeaderName::from_static(name), value);
    }
    Ok(headers)
}

async fn read(mut response: Response) -> Result<HttpAnswer, TransportError> {
    let status = response.status();
    let reason = match response.extensions().get::<ReasonPhrase>() {
        Some(phrase) => String::from_utf8_lossy(phrase.as_bytes()).into_owned(),
        // The library keeps a phrase only where it differs from the standard's.
        None => status.canonical_reason().unwrap_or_default().to_owned(),
    };
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers = response.headers().iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect();
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|cause| lost(&cause))? {
        if body.len() + chunk.len() > ANSWER_BYTES_MAX {
            return Err(TransportError::AnswerTooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(HttpAnswer { status: status.as_u16(), reason, headers, body })
}

/// Tells what was certainly not sent from what may have been. Certificates are judged before anything is sent.
fn classify(cause: &reqwest::Error) -> TransportError {
    if let Some(judged) = chain(cause).filter_map(<dyn StdError>::downcast_ref).find_map(certificate) {
        return judged;
    }
    if cause.is_connect() || cause.is_builder() {
        return TransportError::Unreachable { cause: words(cause) };
    }
    lost(cause)
}

fn certificate(error: &rustls::Error) -> Option<TransportError> {
    let rustls::Error::InvalidCertificate(invalid) = error else { return None };
    if let rustls::CertificateError::Other(other) = invalid
        && let Some(AnotherCertificate { expected, seen }) = other.0.downcast_ref()
    {
        return Some(TransportError::CertificateChanged { expected: *expected, seen: *seen });
    }
    Some(TransportError::CertificateUntrusted { cause: invalid.to_string() })
}

fn lost(cause: &reqwest::Error) -> TransportError {
    let cause = if cause.is_timeout() { format!("no answer within {} s", CALL_TIME.as_secs()) } else { words(cause) };
    TransportError::Lost { cause }
}

/// The innermost cause says what happened; the outer ones say that something did, and name the URL.
fn words(cause: &reqwest::Error) -> String {
    if cause.is_timeout() {
        return format!("no connection within {} s", CONNECT_TIME.as_secs());
    }
    chain(cause).last().map_or_else(|| "no cause is known".to_owned(), ToString::to_string)
}

/// All causes, outermost first. What is wrapped in an I/O error is not among its sources, so it is taken out by hand.
fn chain<'a>(outermost: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(outermost), |&error| match error.downcast_ref::<io::Error>() {
        Some(io) => io.get_ref().map(|inner| inner as &(dyn StdError + 'static)),
        None => error.source(),
    })
}
