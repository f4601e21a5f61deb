//! An entry in a user's own words, cleaned as any other.

use url::Url;
use yomu_clean::{Context, clean};
use yomu_store::NewEntry;

use super::media;
use crate::limits::EXCERPT_CHARS;

/// What a user or an app wrote.
pub(crate) struct OwnWords {
    pub(crate) title: String,
    pub(crate) html: String,
    /// What relative links are relative to.
    pub(crate) url: String,
}

/// Cleans it. Identity, author and the like are left to the caller.
pub(crate) fn own_entry(words: OwnWords) -> NewEntry {
    const TITLE_CHARS: usize = 80;
    let base = Url::parse(&words.url).ok();
    let cleaned = clean(&words.html, &Context { base: base.as_ref(), ..Context::default() });
    let excerpt = yomu_clean::excerpt(&cleaned.text, EXCERPT_CHARS);
    let title = words.title.trim();
    NewEntry {
        title: if title.is_empty() { yomu_clean::excerpt(&excerpt, TITLE_CHARS) } else { title.to_owned() },
        url: words.url,
        lang: yomu_clean::language(&cleaned.text).map(str::to_owned),
        excerpt,
        image_url: cleaned.image,
        reading_minutes: yomu_clean::reading_time(&cleaned.text),
        html: cleaned.html,
        text: cleaned.text,
        ..NewEntry::default()
    }
}

/// Categories as they are stored.
pub(crate) fn own_categories(tags: &[String]) -> Option<String> {
    let tags: Vec<String> =
        tags.iter().map(|tag| tag.trim()).filter(|tag| !tag.is_empty()).map(str::to_owned).collect();
    media::categories(&tags)
}
