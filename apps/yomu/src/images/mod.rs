//! Pictures of articles by way of this program, so that their servers never see the reader.
//!
//! ```text
//! page      stored HTML -> rewrite -> <img src="/image/<signature>/<address>">
//! picture   /image/... -> signature.rs (ours, for this reader or link?) -> fetch (address rules, bounds) -> kind.rs -> passage.rs
//! ```
//!
//! What is stored keeps the addresses that the author wrote, so the proxy can be switched off and on. Pictures are passed
//! on as they come and kept by the browser alone: nothing grows here. What they expand to is the browser's business;
//! nothing here decodes them.

mod kind;
pub(crate) mod limits;
mod passage;
mod signature;

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::fetch::{FetchConfig, FetchError, FetchSetupError, Fetcher, Freshness, Kind, Opened, Request};
use limits::{FRESH, HEAD_BYTES, PER_HOST, PICTURES_AT_ONCE, PICTURES_WAITING, WAITING_TIME};

pub(crate) use kind::picture_kind;
pub(crate) use signature::Audience;

/// The way by which pictures come.
pub(crate) struct Images {
    key: [u8; 32],
    fetcher: Fetcher,
    /// Places for everybody who waits or is served.
    places: Arc<Semaphore>,
}

/// What the browser has of a picture already.
#[derive(Debug, Default)]
pub(crate) struct Validators {
    pub(crate) etag: Option<String>,
    pub(crate) last_modified: Option<String>,
}

/// A picture on its way.
pub(crate) struct Picture {
    /// By its bytes, whatever its server calls it.
    pub(crate) kind: &'static str,
    pub(crate) length: Option<u64>,
    pub(crate) seal: Seal,
    pub(crate) body: Body,
}

/// What the browser keeps beside a picture.
pub(crate) struct Seal {
    pub(crate) validators: Validators,
    pub(crate) fresh_for: Duration,
}

/// What the browser gets.
pub(crate) enum Found {
    /// The copy that it has is good.
    Same(Seal),
    New(Picture),
}

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoPicture {
    /// Nobody made this address for who asks.
    #[error("there is no such picture")]
    Unsigned,
    /// Too many pictures are on their way.
    #[error("too many pictures are on their way; try again in a moment")]
    Busy,
    /// It is something else, such as a page that says sorry.
    #[error("what is there is no picture")]
    Other,
    /// Its server has it not, or gives it not.
    #[error(transparent)]
    Fetch(#[from] FetchError),
}

impl Images {
    /// Sets up the way. It has connections of its own: a page of pictures does not wait behind a thousand feeds, and asks
    /// a host as a browser does.
    ///
    /// # Errors
    /// When the HTTP client cannot be set up.
    pub(crate) fn new(key: [u8; 32], fetch: FetchConfig) -> Result<Self, FetchSetupError> {
        let mut limits = fetch.limits.clone();
        limits.queue_time = limits.queue_time.min(WAITING_TIME);
        let fetcher = Fetcher::new(FetchConfig {
            embedded: None,
            host_gap: Duration::ZERO,
            per_host_max: PER_HOST,
            requests_max: PICTURES_AT_ONCE,
            limits,
            ..fetch
        })?;
        Ok(Self { key, fetcher, places: Arc::new(Semaphore::new(PICTURES_AT_ONCE + PICTURES_WAITING)) })
    }

    /// An article's HTML whose pictures come by this way.
    pub(crate) fn rewrite<'a>(&self, audience: Audience<'_>, html: &'a str) -> Cow<'a, str> {
        yomu_clean::with_pictures_from(html, |address| signature::path(&self.key, audience, address))
    }

    /// The picture of a path, as [`Images::rewrite`] made it for this audience.
    pub(crate) async fn find(
        &self,
        audience: Audience<'_>,
        signature: &str,
        address: &str,
        known: Validators,
    ) -> Result<Found, NoPicture> {
        let url = signature::address(&self.key, audience, signature, address).ok_or(NoPicture::Unsigned)?;
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| NoPicture::Busy)?;
        let mut request = Request::new(url, Kind::Image);
        (request.etag, request.last_modified) = (known.etag, known.last_modified);
        match self.fetcher.open(&request).await {
            Ok(Opened::NotModified(same)) => {
                let validators = Validators {
                    etag: same.etag.or(request.etag),
                    last_modified: same.last_modified.or(request.last_modified),
                };
                Ok(Found::Same(Seal { validators, fresh_for: fresh_for(same.freshness) }))
            }
            Ok(Opened::Stream(stream)) => Self::pass_on(stream, place).await.map(Found::New),
            Err(FetchError::Busy { .. } | FetchError::Resting { .. }) => Err(NoPicture::Busy),
            Err(error) => Err(error.into()),
        }
    }

    /// Looks at how it begins, and lets the rest through if that is a picture.
    async fn pass_on(mut stream: Box<crate::fetch::Stream>, place: OwnedSemaphorePermit) -> Result<Picture, NoPicture> {
        let mut head = Vec::new();
        while head.len() < HEAD_BYTES {
            match stream.next().await? {
                Some(piece) => head.extend_from_slice(&piece),
                None => break,
            }
        }
        let kind = picture_kind(&head).ok_or(NoPicture::Other)?;
        let seal = Seal {
            validators: Validators { etag: stream.etag.take(), last_modified: stream.last_modified.take() },
            fresh_for: fresh_for(stream.freshness),
        };
        let length = stream.length;
        Ok(Picture { kind, length, seal, body: passage::body(Bytes::from(head), stream, place) })
    }
}

/// For how long the browser need not ask again.
fn fresh_for(freshness: Freshness) -> Duration {
    freshness.fresh_for.unwrap_or_default().clamp(FRESH.0, FRESH.1)
}
