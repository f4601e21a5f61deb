//! What came back.

use std::fmt;

use url::Url;

use super::Freshness;

/// What came back.
#[derive(Debug, Clone)]
pub enum Answer {
    /// The copy at hand is still good.
    NotModified(NotModified),
    /// Here is a new copy.
    Document(Document),
}

/// The copy at hand is still good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotModified {
    /// See [`Document::moved_to`]: a feed may have moved without having changed.
    pub moved_to: Option<Url>,
    /// To be sent back with the next request, if the answer names it.
    pub etag: Option<String>,
    /// To be sent back with the next request, if the answer names it.
    pub last_modified: Option<String>,
    /// How long it stays good.
    pub freshness: Freshness,
}

/// A document, decoded.
#[derive(Clone, PartialEq, Eq)]
pub struct Document {
    /// The body after decompression; never empty.
    pub bytes: Vec<u8>,
    /// Where it was in the end: the base of its relative links.
    pub url: Url,
    /// The address to ask from now on: as far as every redirect up to there was permanent (301, 308), and the credentials
    /// of the request may go there.
    pub moved_to: Option<Url>,
    /// The `Content-Type` as it was sent, with its charset.
    pub content_type: Option<String>,
    /// To be sent back with the next request.
    pub etag: Option<String>,
    /// To be sent back with the next request.
    pub last_modified: Option<String>,
    /// How long it stays good.
    pub freshness: Freshness,
}

/// A document in a log is its size, not its text.
impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document")
            .field("bytes", &self.bytes.len())
            .field("url", &self.url.as_str())
            .field("moved_to", &self.moved_to.as_ref().map(Url::as_str))
            .field("content_type", &self.content_type)
            .field("etag", &self.etag)
            .field("last_modified", &self.last_modified)
            .field("freshness", &self.freshness)
            .finish()
    }
}
