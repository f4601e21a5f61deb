//! The shape of an entry, and a page of them. Each carries its feed, as in Miniflux; feeds are read once a page.

use std::collections::HashMap;

use serde::{Serialize, Serializer};
use yomu_model::ids::{EntryId, SubscriptionId};
use yomu_store::{EntryDetails, StoreError, Subscription, User};

use super::feed_json::FeedJson;
use super::time::Time;
use crate::App;
use crate::api::library::some_feeds;
use crate::api::media::{enclosure_number, enclosures, tags};

/// Entries with all that their JSON needs.
pub(super) struct EntryPage {
    entries: Vec<EntryDetails>,
    feeds: HashMap<SubscriptionId, Subscription>,
    positions: HashMap<(EntryId, u32), u32>,
    own_tags: HashMap<EntryId, Vec<String>>,
}

impl EntryPage {
    /// Reads entries, those of them that the user has.
    pub(super) async fn load(app: &App, user: &User, ids: &[EntryId]) -> Result<Self, StoreError> {
        let entries = app.store.entry_details(user.id, ids).await?;
        let with_files = entries.iter().filter(|one| one.enclosures.is_some()).map(|one| one.id).collect();
        let of = entries.iter().map(|one| one.subscription_id).collect();
        let (feeds, positions, own_tags) = tokio::try_join!(
            some_feeds(app, user.id, of),
            app.store.media_positions(user.id, with_files),
            app.store.tags_of(user.id, ids)
        )?;
        Ok(Self { entries, feeds: feeds.into_iter().map(|feed| (feed.id, feed)).collect(), positions, own_tags })
    }

    /// The entries in JSON.
    pub(super) fn json<'a>(&'a self, user: &'a User) -> impl Iterator<Item = EntryJson<'a>> {
        self.entries.iter().filter_map(move |entry| {
            let feed = self.feeds.get(&entry.subscription_id)?;
            let own = self.own_tags.get(&entry.id).map_or(&[] as &[String], Vec::as_slice);
            Some(EntryJson::new(user, entry, feed, &self.positions, own))
        })
    }

    /// The first entry.
    pub(super) fn one(&self) -> Option<&EntryDetails> {
        self.entries.first()
    }

    /// The feed of the first entry.
    pub(super) fn feed_of_one(&self) -> Option<&Subscription> {
        self.feeds.get(&self.one()?.subscription_id)
    }
}

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
    fn new(
        user: &'a User,
        entry: &'a EntryDetails,
        feed: &'a Subscription,
        positions: &HashMap<(EntryId, u32), u32>,
        own_tags: &[String],
    ) -> Self {
        Self {
            id: entry.id.get(),
            user_id: user.id.get(),
            feed_id: entry.subscription_id.get(),
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
            enclosures: EnclosureJson::all(user, entry, positions),
            feed: FeedJson::inside_entry(user, feed),
            // The feed's, then the reader's own.
            tags: tags(entry.categories.as_deref()).into_iter().chain(own_tags.iter().cloned()).collect(),
        }
    }
}

impl EnclosureJson {
    /// The files of an entry.
    pub(super) fn all(user: &User, entry: &EntryDetails, positions: &HashMap<(EntryId, u32), u32>) -> Vec<Self> {
        let files = (0_u32..).zip(enclosures(entry.enclosures.as_deref()));
        files
            .map(|(place, file)| Self {
                id: enclosure_number(entry.id, place),
                user_id: user.id.get(),
                entry_id: entry.id.get(),
                url: file.url,
                mime_type: file.media_type.unwrap_or_default(),
                size: file.length.unwrap_or(0),
                media_progression: positions.get(&(entry.id, place)).copied().unwrap_or(0),
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
