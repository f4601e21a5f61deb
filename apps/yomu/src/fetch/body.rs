//! Reading a whole body: decoded, and within its bounds before and after that.

use reqwest::Response;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::Instant;

use super::decode::{DecodeError, Decoder, Encoding};
use super::intake::Intake;
use super::limits::{BOMB_EXPANSION, LARGE_BODY};
use super::{BodyLimits, FetchError, Limits};

/// Reads one body.
pub(super) struct BodyReader<'a> {
    intake: Intake,
    /// Whose answer it is.
    host: &'a str,
}

impl<'a> BodyReader<'a> {
    pub(super) fn new(limits: &Limits, body: BodyLimits, host: &'a str, deadline: Instant) -> Self {
        Self { intake: Intake::new(limits, body, host, deadline), host }
    }

    /// The whole body, decoded. A large one waits for a place among `large` before it grows further.
    pub(super) async fn read(mut self, mut response: Response, large: &Semaphore) -> Result<Vec<u8>, FetchError> {
        let encoding = Encoding::of(response.headers())
            .map_err(|encoding| FetchError::UnknownEncoding { host: self.host.to_owned(), encoding })?;
        let claim = self.intake.claimed(&response)?.unwrap_or_default();
        let mut decoder = Decoder::new(encoding, claim as usize, self.intake.bytes_max());
        let mut place = None;
        while let Some(piece) = self.intake.next(&mut response).await? {
            decoder.push(&piece).map_err(|error| self.undecodable(error, decoder.encoding()))?;
            if place.is_none() && decoder.len() > LARGE_BODY {
                place = Some(self.wait_for_place(large).await);
            }
        }
        let bytes = decoder.finish().map_err(|error| self.undecodable(error, encoding))?;
        if bytes.is_empty() { Err(FetchError::Empty { host: self.host.to_owned() }) } else { Ok(bytes) }
    }

    async fn wait_for_place<'l>(&mut self, large: &'l Semaphore) -> SemaphorePermit<'l> {
        let asked = Instant::now();
        let Ok(place) = large.acquire().await else { unreachable!("the semaphore of large bodies is never closed") };
        self.intake.forgive(asked.elapsed());
        place
    }

    fn undecodable(&self, error: DecodeError, encoding: Encoding) -> FetchError {
        let host = self.host.to_owned();
        let (bytes, bytes_max) = (self.intake.received(), self.intake.bytes_max());
        match error {
            DecodeError::TooLarge if bytes_max / bytes.max(1) >= BOMB_EXPANSION => {
                FetchError::Bomb { host, bytes, bytes_max }
            }
            DecodeError::TooLarge => self.intake.too_large(),
            DecodeError::Damaged => FetchError::DamagedEncoding { host, encoding: encoding.name() },
            DecodeError::CutOff => FetchError::CutOff { host, bytes },
        }
    }
}
