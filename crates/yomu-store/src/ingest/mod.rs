//! Writing what a refresh brought: one transaction a feed, so that a refresh is there as a whole or not at all.
//!
//! The order of work keeps the writer's time short. [`Store::known_feed`] tells which entries are stored already;
//! [`Store::pack`] compresses and makes search tokens, on any thread; [`Store::ingest`] only writes.

mod pack;
mod postgres;
mod sqlite;
mod write;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use yomu_model::ids::{EntryId, SubscriptionId, UserId};
use yomu_model::name::TagName;

use crate::db::Db;
use crate::observe::{Work, done};
use crate::{Lease, Store, StoreError, Validators};

pub use pack::PackedEntry;
pub(crate) use pack::{Packed, SearchText};
pub(crate) use write::{write_body, write_search};

/// Where a body came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyKind {
    /// From the feed, or from the page that was saved.
    Feed,
    /// From the page that the entry links to.
    Article,
}

impl BodyKind {
    pub(crate) fn number(self) -> i64 {
        match self {
            Self::Feed => 0,
            Self::Article => 1,
        }
    }

    pub(crate) fn from_number(number: i64) -> Self {
        if number == 1 { Self::Article } else { Self::Feed }
    }
}

/// An entry as it is to be stored.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewEntry {
    /// What makes it the same entry next time.
    pub identity: [u8; 16],
    /// What tells whether it has changed.
    pub content_hash: [u8; 16],
    /// Its address; may be empty.
    pub url: String,
    /// Its title as plain text; may be empty.
    pub title: String,
    /// Its author; may be empty.
    pub author: String,
    /// The name of the site of a saved page, as it says itself; an entry of a feed has its feed's.
    pub site: Option<String>,
    /// Its language (BCP 47).
    pub lang: Option<String>,
    /// The beginning of its text.
    pub excerpt: String,
    /// A picture.
    pub image_url: Option<String>,
    /// Where people talk about it.
    pub comments_url: Option<String>,
    /// How long reading takes.
    pub reading_minutes: u32,
    /// Attached media, as JSON.
    pub enclosures: Option<String>,
    /// Categories, as JSON.
    pub categories: Option<String>,
    /// When it was published, as it says itself; may lie in the future.
    pub published_at: Option<Timestamp>,
    /// Its body as safe HTML.
    pub html: String,
    /// Its body as plain text, for search.
    pub text: String,
}

/// What is stored of an entry already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownEntry {
    /// The entry.
    pub id: EntryId,
    /// Its content when it was last stored.
    pub content_hash: [u8; 16],
}

/// One who reads a feed, as far as new entries need to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscriber {
    /// The subscription.
    pub subscription: SubscriptionId,
    /// The user.
    pub user: UserId,
    /// The user's rules, one a line: those of the feed, then those for all feeds.
    pub rules: String,
}

/// What is stored of a feed before new entries come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KnownFeed {
    /// The stored ones among the entries that were asked for, by identity.
    pub entries: HashMap<[u8; 16], KnownEntry>,
    /// Who reads it.
    pub subscribers: Vec<Subscriber>,
}

/// What a subscriber's rules say of a new entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The user never sees it.
    Drop,
    /// The user sees it.
    Keep {
        /// Unread, unless a rule marks it read.
        unread: bool,
        /// Starred by a rule.
        starred: bool,
        /// Tags that rules give it.
        tags: Vec<TagName>,
        /// Moved by a rule: it stands among the user's saved pages and not in the feed.
        moved: bool,
    },
}

impl Verdict {
    /// What happens where no rule speaks.
    pub const DEFAULT: Self = Self::Keep { unread: true, starred: false, tags: Vec::new(), moved: false };
}

/// A fetched document, ready to be written.
#[derive(Debug, Clone)]
pub struct FetchedFeed {
    /// The lease under which it was fetched; it ends with the writing.
    pub lease: Lease,
    /// The feed's title.
    pub title: String,
    /// The feed's site.
    pub site_url: Option<String>,
    /// The feed's words about itself.
    pub description: String,
    /// The feed's language.
    pub lang: Option<String>,
    /// The validators of the answer.
    pub validators: Validators,
    /// A hash of the document.
    pub body_hash: [u8; 16],
    /// What was odd in the document, one sentence a line.
    pub problems: Option<String>,
    /// When it is asked again; none to stop.
    pub next_check_at: Option<Timestamp>,
    /// The interval that this is.
    pub interval: Duration,
    /// Entries that are not stored yet, oldest first, with the verdict of each subscriber in the order of
    /// [`KnownFeed::subscribers`].
    pub new_entries: Vec<(PackedEntry, Vec<Verdict>)>,
    /// Entries that are stored with another content.
    pub changed_entries: Vec<(EntryId, PackedEntry)>,
    /// The subscribers that the verdicts are for.
    pub subscribers: Vec<Subscriber>,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stored {
    /// The new entries.
    pub new: Vec<EntryId>,
    /// How many stored entries changed.
    pub changed: usize,
}

impl FetchedFeed {
    /// The users whose rules move an entry.
    pub(crate) fn movers(&self) -> Vec<i64> {
        let moves = |index: usize| {
            let verdicts = self.new_entries.iter().filter_map(|(_, verdicts)| verdicts.get(index));
            verdicts.into_iter().any(|verdict| matches!(verdict, Verdict::Keep { moved: true, .. }))
        };
        let movers = self.subscribers.iter().enumerate().filter(|(index, _)| moves(*index));
        movers.map(|(_, one)| one.user.get()).collect()
    }

    /// The verdict of a subscription about a new entry. One who subscribed in the meantime has no rules yet.
    pub(crate) fn verdict(&self, entry: usize, subscription: SubscriptionId) -> Verdict {
        let position = self.subscribers.iter().position(|one| one.subscription == subscription);
        let verdicts = self.new_entries.get(entry).map(|(_, verdicts)| verdicts);
        position.and_then(|index| verdicts?.get(index).cloned()).unwrap_or(Verdict::DEFAULT)
    }
}

/// The place of an entry in a list by time: a date in the future does not hold the top for years.
pub(crate) fn sort_at(published: Option<Timestamp>, now: Timestamp) -> i64 {
    published.map_or(now, |time| time.min(now)).as_millisecond()
}

impl Store {
    /// What is stored of a feed: which of these identities, and who reads it.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn known_feed(&self, lease: Lease, identities: Vec<[u8; 16]>) -> Result<KnownFeed, StoreError> {
        match &self.db {
            Db::Sqlite(db) => sqlite::known_feed(db, lease.feed, identities).await,
            Db::Postgres(db) => postgres::known_feed(db, lease.feed, &identities).await,
        }
    }

    /// Compresses an entry's body and makes its search tokens. This is the costly part, and needs no database.
    #[must_use]
    pub fn pack(&self, entry: NewEntry) -> PackedEntry {
        PackedEntry(Arc::new(Packed::new(self.db.dialect(), entry)))
    }

    /// Writes a fetched feed in one transaction.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] when another worker has taken over; nothing is written then.
    pub async fn ingest(&self, fetched: FetchedFeed, now: Timestamp) -> Result<Stored, StoreError> {
        let started = Instant::now();
        let stored = match &self.db {
            Db::Sqlite(db) => sqlite::ingest(db, fetched, now).await,
            Db::Postgres(db) => postgres::ingest(db, fetched, now).await,
        }?;
        done(Work::Ingest, started);
        Ok(stored)
    }

    /// [`Store::pack`] on a blocking thread.
    pub(crate) async fn pack_on_thread(&self, entry: NewEntry) -> Result<Packed, StoreError> {
        let dialect = self.db.dialect();
        tokio::task::spawn_blocking(move || Packed::new(dialect, entry)).await.map_err(|_| StoreError::Stopping)
    }
}
