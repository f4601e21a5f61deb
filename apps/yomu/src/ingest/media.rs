//! Enclosures and categories as they are stored: short JSON that pages read back.

use serde::{Deserialize, Serialize};

/// An attached file, as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct StoredEnclosure {
    /// Its address.
    pub(super) url: String,
    /// Its kind, such as `audio/mpeg`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) media_type: Option<String>,
    /// Its size in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) length: Option<u64>,
    /// Its playing time in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) duration_s: Option<u32>,
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<String>,
}

/// The enclosures that can be linked to, or none.
pub(super) fn enclosures(all: Vec<yomu_feed::Enclosure>) -> Option<String> {
    let kept: Vec<_> = all
        .into_iter()
        .filter(|one| one.url.starts_with("https://") || one.url.starts_with("http://"))
        .map(|one| StoredEnclosure {
            url: one.url,
            media_type: one.media_type,
            length: one.length,
            duration_s: one.duration_s,
            title: one.title,
        })
        .collect();
    json(&kept)
}

/// The categories, or none.
pub(super) fn categories(all: &[String]) -> Option<String> {
    json(all)
}

pub(super) fn json<T: Serialize>(all: &[T]) -> Option<String> {
    // Strings and numbers always have a JSON form.
    (!all.is_empty()).then(|| serde_json::to_string(all).ok()).flatten()
}
