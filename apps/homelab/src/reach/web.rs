//! The internet: releases and registries.

use super::Pending;

/// Fetches.
pub trait Web: Send + Sync {
    /// Whatever comes back, whatever its status; of its body up to `bytes_max`.
    fn ask(&self, question: WebQuestion, bytes_max: u64) -> Pending<'_, Result<WebAnswer, WebError>>;

    /// The content at an address, up to `bytes_max`.
    fn get<'a>(&'a self, url: &'a str, bytes_max: u64) -> Pending<'a, Result<Vec<u8>, WebError>> {
        Box::pin(async move {
            let question = WebQuestion { method: "GET", url: url.to_owned(), headers: Vec::new() };
            let answer = self.ask(question, bytes_max).await?;
            match answer.status {
                200..=299 => Ok(answer.body),
                status => Err(WebError::Status { url: url.to_owned(), status }),
            }
        })
    }
}

/// A request that says more than an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebQuestion {
    /// `GET` or `HEAD`.
    pub method: &'static str,
    /// The address.
    pub url: String,
    /// Names and values. A token in here is one that anybody gets.
    pub headers: Vec<(&'static str, String)>,
}

/// What came back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WebAnswer {
    /// The status code.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
}

/// Why nothing came.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WebError {
    /// The server answers with something else.
    #[error("`{url}` answers with status {status}")]
    Status {
        /// What was asked for.
        url: String,
        /// The status code.
        status: u16,
    },
    /// The connection broke, or there was none.
    #[error("`{url}` cannot be fetched: {cause}")]
    Lost {
        /// What was asked for.
        url: String,
        /// What happened.
        cause: String,
    },
    /// More comes than can be right.
    #[error("`{url}` is larger than {bytes_max} bytes")]
    TooLarge {
        /// What was asked for.
        url: String,
        /// The bound.
        bytes_max: u64,
    },
}
