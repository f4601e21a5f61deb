//! An entry of a feed, cleaned: what will be stored of it.

use url::Url;
use yomu_clean::{Context, clean};
use yomu_store::NewEntry;

use super::document::ReadEntry;
use super::media::{categories, enclosures};
use crate::limits::EXCERPT_CHARS;

/// Cleans an entry. The costly step of a refresh.
pub(crate) fn new_entry(read: ReadEntry, feed_lang: Option<&str>, feed_base: &Url) -> NewEntry {
    let ReadEntry { identity, content_hash, entry } = read;
    let base = entry.base.as_deref().or(entry.url.as_deref()).and_then(|base| Url::parse(base).ok());
    let html = entry.content.as_ref().or(entry.summary.as_ref()).map_or("", |content| content.html.as_str());
    let cleaned = clean(html, &Context { base: Some(base.as_ref().unwrap_or(feed_base)), ..Context::default() });
    let excerpt = yomu_clean::excerpt(&cleaned.text, EXCERPT_CHARS);
    NewEntry {
        identity,
        content_hash,
        url: link(&entry),
        title: title(&entry, &excerpt),
        author: entry.authors.join(", "),
        site: None,
        lang: language(&entry, feed_lang, &cleaned.text),
        excerpt,
        image_url: entry.image_url.filter(|url| is_web(url)).or(cleaned.image),
        comments_url: entry.comments_url.filter(|url| is_web(url)),
        reading_minutes: yomu_clean::reading_time(&cleaned.text),
        enclosures: enclosures(entry.enclosures),
        categories: categories(&entry.categories),
        published_at: entry.published.or(entry.updated),
        html: cleaned.html,
        text: cleaned.text,
    }
}

/// Where the entry leads, without what follows its readers around.
fn link(entry: &yomu_feed::Entry) -> String {
    let url = entry.url.as_deref().or(entry.external_url.as_deref()).filter(|url| is_web(url));
    url.map(|url| yomu_clean::url_without_tracking(url).to_string()).unwrap_or_default()
}

/// Notes without a title (microblogs, RSS 0.92) are called by how they begin.
fn title(entry: &yomu_feed::Entry, excerpt: &str) -> String {
    const TITLE_CHARS: usize = 80;
    if entry.title.is_empty() { yomu_clean::excerpt(excerpt, TITLE_CHARS) } else { entry.title.clone() }
}

/// What the entry says of its language, else what its letters say, else what the feed says: feeds that carry another
/// language than they declare are more frequent than entries that do.
fn language(entry: &yomu_feed::Entry, feed_lang: Option<&str>, text: &str) -> Option<String> {
    let by_letters = || yomu_clean::language(text).or_else(|| yomu_clean::language(&entry.title));
    entry.lang.clone().or_else(|| match (by_letters(), feed_lang) {
        // Kanji alone are read as Chinese by their letters; the feed knows better.
        (Some("zh"), Some(declared)) => Some(declared.to_owned()),
        (Some(found), _) => Some(found.to_owned()),
        (None, declared) => declared.map(str::to_owned),
    })
}

pub(super) fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}
