//! The shape of an item. What decoders insist on is always there: NetNewsWire drops a whole answer for one missing name.

use serde::Serialize;
use yomu_store::{EntryDetails, User};

use super::item_id::long;
use super::stream::{READ, READING_LIST, STARRED, feed_name, label_name};
use crate::api::library::Feed;
use crate::api::media::{enclosures, tags};

/// An item in JSON.
#[derive(Debug, Serialize)]
pub(super) struct ItemJson<'a> {
    id: String,
    #[serde(rename = "crawlTimeMsec")]
    crawl_time_msec: String,
    #[serde(rename = "timestampUsec")]
    timestamp_usec: String,
    published: i64,
    updated: i64,
    title: String,
    author: &'a str,
    canonical: [Link<'a>; 1],
    alternate: [TypedLink<'a>; 1],
    summary: Text<'a>,
    categories: Vec<String>,
    origin: Origin<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    enclosure: Vec<EnclosureJson>,
}

#[derive(Debug, Serialize)]
struct Link<'a> {
    href: &'a str,
}

#[derive(Debug, Serialize)]
struct TypedLink<'a> {
    href: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
}

/// newsboat takes the first member, whatever its name.
#[derive(Debug, Serialize)]
struct Text<'a> {
    content: &'a str,
    direction: &'static str,
}

#[derive(Debug, Serialize)]
struct Origin<'a> {
    #[serde(rename = "streamId")]
    stream_id: String,
    title: &'a str,
    #[serde(rename = "htmlUrl")]
    html_url: &'a str,
}

/// `href` is what newsboat and FreshRSS have, `url` Miniflux.
#[derive(Debug, Serialize)]
struct EnclosureJson {
    href: String,
    url: String,
    #[serde(rename = "type")]
    kind: String,
    length: u64,
}

impl<'a> ItemJson<'a> {
    /// An item.
    pub(super) fn new(user: &User, entry: &'a EntryDetails) -> Self {
        let feed = Feed::from(&entry.feed);
        Self {
            id: long(entry.id),
            crawl_time_msec: entry.arrived_at.as_millisecond().to_string(),
            timestamp_usec: entry.arrived_at.as_microsecond().to_string(),
            published: entry.listed_at.as_second(),
            updated: entry.listed_at.as_second(),
            title: escaped(&entry.title),
            author: &entry.author,
            canonical: [Link { href: &entry.url }],
            alternate: [TypedLink { href: &entry.url, kind: "text/html" }],
            summary: Text { content: &entry.html, direction: "ltr" },
            categories: categories(entry),
            origin: Origin { stream_id: feed_name(feed.id), title: feed.title(user), html_url: feed.site_url },
            enclosure: enclosures(entry.enclosures.as_deref())
                .into_iter()
                .map(|file| EnclosureJson {
                    href: file.url.clone(),
                    url: file.url,
                    kind: file.media_type.unwrap_or_default(),
                    length: file.length.unwrap_or(0),
                })
                .collect(),
        }
    }
}

/// States, the folder, the reader's tags, and last what the feed itself says.
fn categories(entry: &EntryDetails) -> Vec<String> {
    let mut all = vec![READING_LIST.to_owned()];
    if !entry.unread {
        all.push(READ.to_owned());
    }
    if entry.starred {
        all.push(STARRED.to_owned());
    }
    all.extend(entry.feed.folder_title.as_deref().map(label_name));
    all.extend(entry.own_tags.iter().map(|name| label_name(name)));
    all.extend(tags(entry.categories.as_deref()));
    all
}

/// Titles are HTML in this API.
fn escaped(title: &str) -> String {
    title.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
