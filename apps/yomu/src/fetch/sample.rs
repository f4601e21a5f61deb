//! Documents in the binary, fetched like any other.

use url::{Host, Url};

use super::{Answer, Document, FetchError, Freshness, NotModified, Request};

/// The host of the documents in the binary. RFC 6761 promises that no name under `.invalid` ever exists.
pub const SAMPLE_HOST: &str = "sample.yomu.invalid";

/// A document in the binary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Embedded {
    /// What it says.
    pub bytes: &'static [u8],
    /// Its media type, with the charset.
    pub content_type: &'static str,
    /// Which version it is, in quotes, so that a second fetch costs nothing.
    pub etag: &'static str,
}

pub(super) fn is_sample(url: &Url) -> bool {
    url.host() == Some(Host::Domain(SAMPLE_HOST))
}

pub(super) fn answer(request: &Request, url: Url, embedded: Option<Embedded>) -> Result<Answer, FetchError> {
    let Some(embedded) = embedded else {
        return Err(FetchError::NotFound { host: SAMPLE_HOST.to_owned() });
    };
    if request.etag.as_deref() == Some(embedded.etag) {
        return Ok(Answer::NotModified(NotModified {
            moved_to: None,
            etag: None,
            last_modified: None,
            freshness: Freshness::default(),
        }));
    }
    Ok(Answer::Document(Document {
        bytes: embedded.bytes.to_vec(),
        url,
        moved_to: None,
        content_type: Some(embedded.content_type.to_owned()),
        etag: Some(embedded.etag.to_owned()),
        last_modified: None,
        freshness: Freshness::default(),
    }))
}
