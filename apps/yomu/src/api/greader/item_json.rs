//! The shape of an item. What decoders insist on is always there: NetNewsWire drops a whole answer for one missing name.

use std::collections::HashMap;

use serde::Serialize;
use yomu_model::ids::{EntryId, SubscriptionId};
use yomu_store::{EntryDetails, StoreError, Subscription, User};

use super::item_id::long;
use super::stream::{READ, READING_LIST, STARRED, feed_name, label_name};
use crate::App;
use crate::api::library::{some_feeds, title};
use crate::api::media::{enclosures, tags};

/// Items with all that their JSON needs.
pub(super) struct Items {
    entries: Vec<EntryDetails>,
    feeds: HashMap<SubscriptionId, Subscription>,
    tags: HashMap<EntryId, Vec<String>>,
}

impl Items {
    /// Reads items, those of them that the user has.
    pub(super) async fn load(app: &App, user: &User, ids: &[EntryId]) -> Result<Self, StoreError> {
        let entries = app.store.entry_details(user.id, ids).await?;
        let of = entries.iter().map(|one| one.subscription_id).collect();
        let (feeds, tags) = tokio::try_join!(some_feeds(app, user.id, of), app.store.tags_of(user.id, ids))?;
        Ok(Self { entries, feeds: feeds.into_iter().map(|feed| (feed.id, feed)).collect(), tags })
    }

    /// The items in JSON.
    pub(super) fn json<'a>(&'a self, user: &'a User) -> Vec<ItemJson<'a>> {
        let shape = |entry: &'a EntryDetails| {
            let own = self.tags.get(&entry.id).map_or(&[] as &[String], Vec::as_slice);
            Some(ItemJson::new(user, entry, self.feeds.get(&entry.subscription_id)?, own))
        };
        self.entries.iter().filter_map(shape).collect()
    }
}

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
    fn new(user: &'a User, entry: &'a EntryDetails, feed: &'a Subscription, own_tags: &[String]) -> Self {
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
            categories: categories(entry, feed, own_tags),
            origin: Origin {
                stream_id: feed_name(feed.id),
                title: title(feed, user),
                html_url: feed.site_url.as_deref().unwrap_or(&feed.source.url),
            },
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
fn categories(entry: &EntryDetails, feed: &Subscription, own_tags: &[String]) -> Vec<String> {
    let mut all = vec![READING_LIST.to_owned()];
    if !entry.unread {
        all.push(READ.to_owned());
    }
    if entry.starred {
        all.push(STARRED.to_owned());
    }
    all.extend(feed.folder_title.as_deref().map(label_name));
    all.extend(own_tags.iter().map(|name| label_name(name)));
    all.extend(tags(entry.categories.as_deref()));
    all
}

/// Titles are HTML in this API.
fn escaped(title: &str) -> String {
    title.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
