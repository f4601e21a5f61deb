//! Downloads.

use std::time::Duration;

use reqwest::{Client, redirect};

use super::tls;
use crate::reach::{Pending, Web, WebError};

/// 80 MB over a slow line take minutes; a line that gives nothing for this long is dead.
const STALL_TIME: Duration = Duration::from_secs(30);

/// GitHub sends to its store of releases once.
const REDIRECTS_MAX: usize = 5;

/// The internet, over HTTPS alone.
#[derive(Clone, Copy, Debug)]
pub(super) struct Internet;

impl Web for Internet {
    fn get<'a>(&'a self, url: &'a str, bytes_max: u64) -> Pending<'a, Result<Vec<u8>, WebError>> {
        Box::pin(get(url, bytes_max))
    }
}

async fn get(url: &str, bytes_max: u64) -> Result<Vec<u8>, WebError> {
    let lost = |cause: String| WebError::Lost { url: url.to_owned(), cause };
    let client = Client::builder()
        .tls_backend_preconfigured(tls::public().map_err(lost)?)
        .https_only(true)
        .redirect(redirect::Policy::limited(REDIRECTS_MAX))
        .connect_timeout(STALL_TIME)
        .read_timeout(STALL_TIME)
        .user_agent(concat!("homelab/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|error| lost(words(&error)))?;
    let mut response = client.get(url).send().await.map_err(|error| lost(words(&error)))?;
    if !response.status().is_success() {
        return Err(WebError::Status { url: url.to_owned(), status: response.status().as_u16() });
    }
    let mut content = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(|error| lost(words(&error)))? {
        content.extend_from_slice(&piece);
        if content.len() as u64 > bytes_max {
            return Err(WebError::TooLarge { url: url.to_owned(), bytes_max });
        }
    }
    Ok(content)
}

/// The last cause, which is the one that says something.
pub(super) fn words(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}
