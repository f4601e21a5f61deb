//! Downloads.

use std::time::Duration;

use reqwest::{Client, Method, redirect};

use super::tls;
use crate::reach::{Pending, Web, WebAnswer, WebError, WebQuestion};

/// 80 MB over a slow line take minutes; a line that gives nothing for this long is dead.
const STALL_TIME: Duration = Duration::from_secs(30);

/// GitHub sends to its store of releases once.
const REDIRECTS_MAX: usize = 5;

/// The internet, over HTTPS alone.
#[derive(Clone, Copy, Debug)]
pub(super) struct Internet;

impl Web for Internet {
    fn ask(&self, question: WebQuestion, bytes_max: u64) -> Pending<'_, Result<WebAnswer, WebError>> {
        Box::pin(async move { ask(&question, bytes_max).await })
    }
}

async fn ask(question: &WebQuestion, bytes_max: u64) -> Result<WebAnswer, WebError> {
    let url = &question.url;
    let lost = |cause: String| WebError::Lost { url: url.clone(), cause };
    let client = Client::builder()
        .tls_backend_preconfigured(tls::public().map_err(lost)?)
        .https_only(true)
        .redirect(redirect::Policy::limited(REDIRECTS_MAX))
        .connect_timeout(STALL_TIME)
        .read_timeout(STALL_TIME)
        .user_agent(concat!("homelab/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|error| lost(words(&error)))?;
    let method = if question.method == "HEAD" { Method::HEAD } else { Method::GET };
    let mut builder = client.request(method, url);
    for (name, value) in &question.headers {
        builder = builder.header(*name, value);
    }
    let mut response = builder.send().await.map_err(|error| lost(words(&error)))?;
    let status = response.status().as_u16();
    let mut body = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(|error| lost(words(&error)))? {
        body.extend_from_slice(&piece);
        if body.len() as u64 > bytes_max {
            return Err(WebError::TooLarge { url: url.clone(), bytes_max });
        }
    }
    Ok(WebAnswer { status, body })
}

/// The last cause, which is the one that says something.
pub(super) fn words(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}
