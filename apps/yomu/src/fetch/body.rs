//! Reading a body within its bounds: bytes on the wire, bytes decoded, time, and pace.

use reqwest::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use reqwest::{Response, Version};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, timeout};

use super::decode::{DecodeError, Decoder, Encoding};
use super::limits::{BOMB_EXPANSION, LARGE_BODY};
use super::{BodyLimits, FetchError, Limits, failure};

/// Reads one body.
pub(super) struct BodyReader<'a> {
    limits: &'a Limits,
    /// The bounds of this kind of document.
    body: BodyLimits,
    /// Whose answer it is.
    host: &'a str,
    /// When the whole fetch must be over.
    deadline: Instant,
    started: Instant,
    /// Bytes that came over the wire.
    received: usize,
}

impl<'a> BodyReader<'a> {
    pub(super) fn new(limits: &'a Limits, body: BodyLimits, host: &'a str, deadline: Instant) -> Self {
        Self { limits, body, host, deadline, started: Instant::now(), received: 0 }
    }

    /// The whole body, decoded. A large one waits for a place among `large` before it grows further.
    pub(super) async fn read(mut self, mut response: Response, large: &Semaphore) -> Result<Vec<u8>, FetchError> {
        let encoding = Encoding::of(response.headers())
            .map_err(|encoding| FetchError::UnknownEncoding { host: self.host.to_owned(), encoding })?;
        let claim = response.content_length().unwrap_or_default();
        if claim > self.body.bytes_max as u64 {
            return Err(self.too_large());
        }
        let mut decoder = Decoder::new(encoding, claim as usize, self.body.bytes_max);
        let mut place = None;
        while self.receive(&mut response, &mut decoder).await? {
            if place.is_none() && decoder.len() > LARGE_BODY {
                place = Some(self.wait_for_place(large).await);
            }
        }
        let bytes = decoder.finish().map_err(|error| self.undecodable(error, encoding))?;
        if bytes.is_empty() { Err(FetchError::Empty { host: self.host.to_owned() }) } else { Ok(bytes) }
    }

    /// Takes the next piece, unless it takes too long or what came so far came too slowly. Says whether there was one.
    async fn receive(&mut self, response: &mut Response, decoder: &mut Decoder) -> Result<bool, FetchError> {
        self.check_pace()?;
        let left = self.deadline.saturating_duration_since(Instant::now());
        let chunk = match timeout(left.min(self.limits.stall_time), response.chunk()).await {
            Ok(Ok(Some(chunk))) => chunk,
            Ok(Ok(None)) => return Ok(false),
            Ok(Err(error)) if failure::is_end(&error) && !has_known_end(response) => return Ok(false),
            Ok(Err(_)) => return Err(FetchError::CutOff { host: self.host.to_owned(), bytes: self.received }),
            Err(_) if left <= self.limits.stall_time => return Err(self.time_up()),
            Err(_) => return Err(self.too_slow()),
        };
        self.received += chunk.len();
        if self.received > self.body.bytes_max {
            return Err(self.too_large());
        }
        decoder.push(&chunk).map_err(|error| self.undecodable(error, decoder.encoding()))?;
        Ok(true)
    }

    async fn wait_for_place<'l>(&mut self, large: &'l Semaphore) -> SemaphorePermit<'l> {
        let asked = Instant::now();
        let Ok(place) = large.acquire().await else { unreachable!("the semaphore of large bodies is never closed") };
        // Our own queue is not the server's slowness.
        self.started += asked.elapsed();
        self.deadline += asked.elapsed();
        place
    }

    fn check_pace(&self) -> Result<(), FetchError> {
        if Instant::now() >= self.deadline {
            return Err(self.time_up());
        }
        let elapsed = self.started.elapsed();
        let expected = self.limits.bytes_per_second_min as f64 * elapsed.as_secs_f64();
        if elapsed > self.limits.stall_time && (self.received as f64) < expected {
            return Err(self.too_slow());
        }
        Ok(())
    }

    fn undecodable(&self, error: DecodeError, encoding: Encoding) -> FetchError {
        let host = self.host.to_owned();
        let (bytes, bytes_max) = (self.received, self.body.bytes_max);
        match error {
            DecodeError::TooLarge if bytes_max / bytes.max(1) >= BOMB_EXPANSION => {
                FetchError::Bomb { host, bytes, bytes_max }
            }
            DecodeError::TooLarge => self.too_large(),
            DecodeError::Damaged => FetchError::DamagedEncoding { host, encoding: encoding.name() },
            DecodeError::CutOff => FetchError::CutOff { host, bytes },
        }
    }

    fn too_large(&self) -> FetchError {
        FetchError::TooLarge { host: self.host.to_owned(), bytes_max: self.body.bytes_max }
    }

    fn too_slow(&self) -> FetchError {
        FetchError::TooSlow { host: self.host.to_owned(), bytes: self.received, after: self.started.elapsed() }
    }

    fn time_up(&self) -> FetchError {
        FetchError::TimeUp { host: self.host.to_owned(), after: self.body.time_max }
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
