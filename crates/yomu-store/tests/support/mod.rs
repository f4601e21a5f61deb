//! A store on each database, and short ways to fill it.
//!
//! SQLite is always there. PostgreSQL is where `YOMU_TEST_POSTGRES` says (`scripts/postgres` sets it); without it that
//! half is skipped, loudly.

#![allow(dead_code)] // Each test file uses its own part of this vocabulary.

use std::time::Duration;

use jiff::Timestamp;
use yomu_model::ids::{FeedId, SubscriptionId, UserId};
use yomu_model::secret::Secret;
use yomu_store::{
    DueFeed, EntrySummary, FeedSource, FetchedFeed, Lease, NewEntry, Order, Store, StoreConfig, Stored, Validators,
    Verdict, View,
};

/// One database for one test.
pub(crate) struct Database {
    pub(crate) name: &'static str,
    pub(crate) store: Store,
    pub(crate) config: StoreConfig,
    _folder: Option<tempfile::TempDir>,
}

/// Each kind of database that is at hand, new and empty.
pub(crate) async fn databases() -> Vec<Database> {
    let mut all = vec![sqlite().await];
    all.extend(postgres().await);
    all
}

async fn sqlite() -> Database {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let config = StoreConfig::Sqlite(folder.path().join("yomu.sqlite3"));
    let store = Store::open(&config, at(0)).await.expect("SQLite opens");
    Database { name: "SQLite", store, config, _folder: Some(folder) }
}

async fn postgres() -> Option<Database> {
    let Ok(server) = std::env::var("YOMU_TEST_POSTGRES") else {
        eprintln!("SKIPPED on PostgreSQL: YOMU_TEST_POSTGRES is not set; run `scripts/postgres cargo nextest run`");
        return None;
    };
    let url = new_database(&server).await;
    let config = StoreConfig::Postgres(Secret::new(url));
    let store = Store::open(&config, at(0)).await.expect("PostgreSQL opens");
    Some(Database { name: "PostgreSQL", store, config, _folder: None })
}

/// Makes a database of its own on the server, and its address.
async fn new_database(server: &str) -> String {
    let (client, connection) =
        tokio_postgres::connect(server, tokio_postgres::NoTls).await.expect("the server answers");
    tokio::spawn(connection);
    let nanos = Timestamp::now().as_nanosecond();
    let name = format!("yomu_{}_{nanos}", std::process::id());
    client.batch_execute(&format!("CREATE DATABASE {name}")).await.expect("a new database");
    let (base, _) = server.rsplit_once('/').expect("an address that ends with a database");
    format!("{base}/{name}")
}

/// A moment, counted in minutes from the beginning of the test's world.
pub(crate) fn at(minutes: i64) -> Timestamp {
    Timestamp::from_second(1_767_225_600 + minutes * 60).expect("a time within range")
}

/// An entry with a number for its identity.
pub(crate) fn entry(number: u32, title: &str, text: &str) -> NewEntry {
    NewEntry {
        identity: u128::from(number).to_be_bytes(),
        content_hash: [1; 16],
        url: format!("https://example.com/{number}"),
        title: title.to_owned(),
        excerpt: text.chars().take(80).collect(),
        reading_minutes: 1,
        published_at: Some(at(i64::from(number))),
        html: format!("<p>{text}</p>"),
        text: text.to_owned(),
        ..NewEntry::default()
    }
}

/// A user who reads one feed.
pub(crate) async fn reader(store: &Store, name: &str, url: &str) -> (UserId, SubscriptionId, FeedId) {
    let user = store.create_user(name, false, at(0)).await.expect("a user").id;
    let (subscription, feed, _) =
        store.subscribe(user, &FeedSource::at(url), None, None, at(0)).await.expect("a subscription");
    (user, subscription, feed)
}

/// Takes the lease of a feed, whatever its schedule.
pub(crate) async fn claim(store: &Store, feed: FeedId) -> DueFeed {
    let due = store.claim_feed(feed, 7, Duration::from_secs(60), at(1000)).await.expect("the database answers");
    due.expect("the feed is free")
}

/// What a fetch of these entries brings, without rules.
pub(crate) fn fetched(store: &Store, lease: Lease, entries: Vec<NewEntry>) -> FetchedFeed {
    FetchedFeed {
        lease,
        title: "Feed".to_owned(),
        site_url: Some("https://example.com/".to_owned()),
        description: String::new(),
        lang: None,
        validators: Validators { etag: Some("\"1\"".to_owned()), last_modified: None },
        body_hash: [9; 16],
        problems: None,
        next_check_at: Some(at(2000)),
        interval: Duration::from_secs(3600),
        new_entries: entries.into_iter().map(|entry| (store.pack(entry), Vec::new())).collect(),
        changed_entries: Vec::new(),
        subscribers: Vec::new(),
    }
}

/// Stores entries in a feed as a refresh would.
pub(crate) async fn publish(store: &Store, feed: FeedId, entries: Vec<NewEntry>) -> Stored {
    let due = claim(store, feed).await;
    store.ingest(fetched(store, due.lease, entries), at(1000)).await.expect("ingest")
}

/// Stores entries with the verdict of one subscription about each.
pub(crate) async fn publish_judged(store: &Store, feed: FeedId, entries: Vec<(NewEntry, Verdict)>) -> Stored {
    let due = claim(store, feed).await;
    let known = store.known_feed(due.lease, Vec::new()).await.expect("what is known");
    let mut fetched = fetched(store, due.lease, Vec::new());
    fetched.subscribers = known.subscribers;
    fetched.new_entries = entries.into_iter().map(|(entry, verdict)| (store.pack(entry), vec![verdict])).collect();
    store.ingest(fetched, at(1000)).await.expect("ingest")
}

/// The titles of a list, newest first.
pub(crate) async fn titles(store: &Store, user: UserId, view: View) -> Vec<String> {
    list(store, user, view).await.into_iter().map(|entry| entry.title).collect()
}

/// A list, newest first.
pub(crate) async fn list(store: &Store, user: UserId, view: View) -> Vec<EntrySummary> {
    store.entries(user, view, Order::Newest, None, 1000).await.expect("a list").entries
}

/// The kept count of a subscription, beside which the real number is always checked.
pub(crate) async fn unread_count(store: &Store, user: UserId, subscription: SubscriptionId) -> u32 {
    let kept = store.subscription(user, subscription).await.expect("an answer").expect("a subscription").unread_count;
    let view = View::Feed { id: subscription, unread_only: true };
    assert_eq!(kept as usize, list(store, user, view).await.len(), "the kept count is the number of unread entries");
    kept
}
