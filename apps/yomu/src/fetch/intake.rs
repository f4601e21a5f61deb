//! One body as it comes over the wire, piece by piece, within its bounds of size, time and pace.

use std::time::Duration;

use axum::body::Bytes;
use reqwest::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use reqwest::{Response, Version};
use tokio::time::{Instant, timeout};

use super::{BodyLimits, FetchError, Limits, failure};

/// Takes pieces until the end, or until a bound is passed.
pub(super) struct Intake {
    stall_time: Duration,
    bytes_per_second_min: u64,
    /// The bounds of this kind of document.
    body: BodyLimits,
    /// Whose answer it is.
    host: String,
    /// When the whole fetch must be over.
    deadline: Instant,
    started: Instant,
    /// Bytes that came over the wire.
    received: usize,
}

impl Intake {
    pub(super) fn new(limits: &Limits, body: BodyLimits, host: &str, deadline: Instant) -> Self {
        Self {
            stall_time: limits.stall_time,
            bytes_per_second_min: limits.bytes_per_second_min,
            body,
            host: host.to_owned(),
            deadline,
            started: Instant::now(),
            received: 0,
        }
    }

    /// The size that the answer claims, unless that alone is too much.
    pub(super) fn claimed(&self, response: &Response) -> Result<Option<u64>, FetchError> {
        let claim = response.content_length();
        if claim.is_some_and(|claim| claim > self.body.bytes_max as u64) { Err(self.too_large()) } else { Ok(claim) }
    }

    /// The next piece, unless it takes too long or what came so far came too slowly.
    pub(super) async fn next(&mut self, response: &mut Response) -> Result<Option<Bytes>, FetchError> {
        self.check_pace()?;
        let left = self.deadline.saturating_duration_since(Instant::now());
        let piece = match timeout(left.min(self.stall_time), response.chunk()).await {
            Ok(Ok(Some(piece))) => piece,
            Ok(Ok(None)) => return Ok(None),
            Ok(Err(error)) if failure::is_end(&error) && !has_known_end(response) => return Ok(None),
            Ok(Err(_)) => return Err(FetchError::CutOff { host: self.host.clone(), bytes: self.received }),
            Err(_) if left <= self.stall_time => return Err(self.time_up()),
            Err(_) => return Err(self.too_slow()),
        };
        self.received += piece.len();
        if self.received > self.body.bytes_max { Err(self.too_large()) } else { Ok(Some(piece)) }
    }

    /// Waiting that was our own is not the server's slowness.
    pub(super) fn forgive(&mut self, waited: Duration) {
        self.started += waited;
        self.deadline += waited;
    }

    pub(super) fn bytes_max(&self) -> usize {
        self.body.bytes_max
    }

    pub(super) fn received(&self) -> usize {
        self.received
    }

    pub(super) fn too_large(&self) -> FetchError {
        FetchError::TooLarge { host: self.host.clone(), bytes_max: self.body.bytes_max }
    }

    fn check_pace(&self) -> Result<(), FetchError> {
        if Instant::now() >= self.deadline {
            return Err(self.time_up());
        }
        let elapsed = self.started.elapsed();
        let expected = self.bytes_per_second_min as f64 * elapsed.as_secs_f64();
        if elapsed > self.stall_time && (self.received as f64) < expected {
            return Err(self.too_slow());
        }
        Ok(())
    }

    fn too_slow(&self) -> FetchError {
        FetchError::TooSlow { host: self.host.clone(), bytes: self.received, after: self.started.elapsed() }
    }

    fn time_up(&self) -> FetchError {
        FetchError::TimeUp { host: self.host.clone(), after: self.body.time_max }
    }
}

/// Whether the end of a body is marked. Otherwise it ends with the connection, which over TLS many old servers close
/// without the good-bye that would make it certain.
fn has_known_end(response: &Response) -> bool {
    let headers = response.headers();
    headers.contains_key(CONTENT_LENGTH)
        || headers.contains_key(TRANSFER_ENCODING)
        || response.version() == Version::HTTP_2
}
