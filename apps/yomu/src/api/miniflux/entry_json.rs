//! The shape of an entry. Each carries its feed, as in Miniflux.

use serde::{Serialize, Serializer};
use yomu_store::{EntryDetails, User};

use super::feed_json::FeedJson;
use super::time::Time;
use crate::api::media::{enclosure_number, enclosures, tags};

/// An entry in JSON.
#[derive(Debug, Serialize)]
pub(super) struct EntryJson<'a> {
    id: i64,
    user_id: i64,
    feed_id: i64,
    status: &'static str,
    hash: Hex<'a>,
    title: &'a str,
    url: &'a str,
    comments_url: &'a str,
    language: &'a str,
    published_at: Time,
    created_at: Time,
    changed_at: Time,
    content: &'a str,
    author: &'a str,
    share_code: &'a str,
    starred: bool,
    reading_time: u32,
    enclosures: Vec<EnclosureJson>,
    feed: FeedJson<'a>,
    tags: Vec<String>,
}

/// An attached file in JSON.
#[derive(Debug, Serialize)]
pub(super) struct EnclosureJson {
    id: i64,
    user_id: i64,
    entry_id: i64,
    url: String,
    mime_type: String,
    size: u64,
    media_progression: u32,
}

impl<'a> EntryJson<'a> {
    /// An entry.
    pub(super) fn new(user: &'a User, entry: &'a EntryDetails) -> Self {
        Self {
            id: entry.id.get(),
            user_id: user.id.get(),
            feed_id: entry.feed.id.get(),
            status: if entry.unread { "unread" } else { "read" },
            hash: Hex(&entry.identity),
            title: if entry.title.is_empty() { &entry.url } else { &entry.title },
            url: &entry.url,
            comments_url: entry.comments_url.as_deref().unwrap_or_default(),
            language: entry.lang.as_deref().unwrap_or_default(),
            published_at: entry.listed_at.into(),
            created_at: entry.arrived_at.into(),
            changed_at: entry.changed_at.into(),
            content: &entry.html,
            author: &entry.author,
            share_code: "",
            starred: entry.starred,
            reading_time: entry.reading_minutes,
            enclosures: EnclosureJson::all(user, entry),
            feed: FeedJson::inside_entry(user, (&entry.feed).into()),
            // The feed's, then the reader's own.
            tags: tags(entry.categories.as_deref()).into_iter().chain(entry.own_tags.iter().cloned()).collect(),
        }
    }
}

impl EnclosureJson {
    /// The files of an entry.
    pub(super) fn all(user: &User, entry: &EntryDetails) -> Vec<Self> {
        let files = (0_u32..).zip(enclosures(entry.enclosures.as_deref()));
        files
            .map(|(place, file)| Self {
                id: enclosure_number(entry.id, place),
                user_id: user.id.get(),
                entry_id: entry.id.get(),
                url: file.url,
                mime_type: file.media_type.unwrap_or_default(),
                size: file.length.unwrap_or(0),
                media_progression: entry.media_positions.get(&place).copied().unwrap_or(0),
            })
            .collect()
    }
}

/// Bytes in hexadecimal.
#[derive(Debug)]
struct Hex<'a>(&'a [u8; 16]);

impl Serialize for Hex<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:032x}", u128::from_be_bytes(*self.0)))
    }
}
