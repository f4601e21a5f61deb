//! The internet: releases and registries.

use super::Pending;

/// Fetches.
pub trait Web: Send + Sync {
    /// The content at an address, up to `bytes_max`.
    fn get<'a>(&'a self, url: &'a str, bytes_max: u64) -> Pending<'a, Result<Vec<u8>, WebError>>;
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
