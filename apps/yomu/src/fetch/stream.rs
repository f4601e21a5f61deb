//! A body that is passed on as it comes, without being kept: pictures on their way to a reader.

use axum::body::Bytes;
use reqwest::Response;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::Instant;

use super::intake::Intake;
use super::politeness::Turn;
use super::{FetchError, Freshness, NotModified};

/// What came back where a body is passed on.
pub enum Opened {
    /// The copy at hand is still good.
    NotModified(NotModified),
    /// Here is a new copy.
    Stream(Box<Stream>),
}

/// A body under way. Dropping it ends the fetch and gives its places back.
pub struct Stream {
    /// How long it stays good.
    pub freshness: Freshness,
    /// To be sent back with the next request.
    pub etag: Option<String>,
    /// To be sent back with the next request.
    pub last_modified: Option<String>,
    /// How many bytes the server says there are; never more than are allowed.
    pub length: Option<u64>,
    response: Response,
    intake: Intake,
    _places: (Turn, OwnedSemaphorePermit),
}

impl Stream {
    pub(super) fn new(
        response: Response,
        intake: Intake,
        places: (Turn, OwnedSemaphorePermit),
        (etag, last_modified): (Option<String>, Option<String>),
        freshness: Freshness,
    ) -> Result<Self, FetchError> {
        let length = intake.claimed(&response)?;
        Ok(Self { freshness, etag, last_modified, length, response, intake, _places: places })
    }

    /// The next piece; none at the end.
    ///
    /// # Errors
    /// A bound that was passed, or a connection that broke.
    pub async fn next(&mut self) -> Result<Option<Bytes>, FetchError> {
        self.intake.next(&mut self.response).await
    }

    /// Says since when the reader was waited for, and not the server.
    pub fn waited_since(&mut self, asked: Instant) {
        self.intake.forgive(asked.elapsed());
    }
}
