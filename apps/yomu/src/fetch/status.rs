//! What a status code means for us.

use jiff::Timestamp;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::FetchError;
use super::freshness::retry_after;

/// What to do with an answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Read the body.
    Read,
    /// The copy at hand is good.
    NotModified,
    /// Look elsewhere.
    Redirect { permanent: bool },
    /// Give up, for this reason.
    Refuse(FetchError),
}

/// What we sent, as far as it changes what the answer means.
#[derive(Clone, Copy, Default)]
pub(super) struct Sent {
    pub(super) validators: bool,
    pub(super) credentials: bool,
}

pub(super) fn verdict(status: StatusCode, headers: &HeaderMap, sent: Sent, host: &str, now: Timestamp) -> Verdict {
    let host = || host.to_owned();
    let retry_after = || retry_after(headers, now);
    Verdict::Refuse(match status.as_u16() {
        // No content, and "reset the form": successes without a body.
        204 | 205 => FetchError::Empty { host: host() },
        200..=299 => return Verdict::Read,
        301 | 308 => return Verdict::Redirect { permanent: true },
        302 | 303 | 307 => return Verdict::Redirect { permanent: false },
        // Some caches answer so even when nothing was said of a copy at hand; then there is none to fall back to.
        304 if sent.validators => return Verdict::NotModified,
        401 if sent.credentials => FetchError::CredentialsRefused { host: host() },
        401 => FetchError::Unauthorized { host: host() },
        403 => FetchError::Forbidden { host: host() },
        404 => FetchError::NotFound { host: host() },
        410 => FetchError::Gone { host: host() },
        429 => FetchError::RateLimited { host: host(), retry_after: retry_after() },
        code @ 500..=599 => FetchError::ServerError { host: host(), status: code, retry_after: retry_after() },
        code => FetchError::Status { host: host(), status: code },
    })
}
