//! A reader with a library of its own, in front of the test's server.

use std::time::Duration;

use tempfile::TempDir;
use yomu::App;
use yomu::actions::refresh_now::refresh_all;
use yomu::fetch::{FetchConfig, Limits};
use yomu::jobs::{Totals, refresh_until_done};
use yomu_model::ids::{SubscriptionId, UserId};
use yomu_store::{BodyKind, EntrySummary, FeedSource, Order, Store, StoreConfig, Subscription, View};

use crate::server::Server;

pub(crate) struct Library {
    pub(crate) app: App,
    pub(crate) user: UserId,
    pub(crate) server: Server,
    pub(crate) folder: TempDir,
}

impl Library {
    /// A reader without feeds, and a server without documents.
    pub(crate) async fn new() -> Self {
        Self::before(Server::start().await).await
    }

    /// A reader without feeds in front of a server.
    pub(crate) async fn before(server: Server) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let now = jiff::Timestamp::now();
        let store = Store::open(&config(&folder), now).await.expect("SQLite opens");
        let user = store.local_user(now).await.expect("a user").id;
        let app = App::new(store, fetching()).expect("an app");
        Self { app, user, server, folder }
    }

    /// Subscribes to a path of the server without fetching it.
    pub(crate) async fn subscribe(&self, path: &str) -> SubscriptionId {
        self.subscribe_to(&self.server.url(path)).await
    }

    pub(crate) async fn subscribe_to(&self, url: &str) -> SubscriptionId {
        let source = FeedSource::at(url);
        let subscribed = self.app.store.subscribe(self.user, &source, None, None, self.app.now()).await;
        subscribed.expect("a subscription").0
    }

    /// Subscribes to a feed and fetches it.
    pub(crate) async fn read(&self, path: &str, media_type: &str, body: impl AsRef<[u8]>) -> SubscriptionId {
        self.server.put(path, media_type, body);
        let id = self.subscribe(path).await;
        assert_eq!(self.refresh().await.failed, 0, "{:?}", self.feed(id).await.health.error_text);
        id
    }

    /// Fetches every feed.
    pub(crate) async fn refresh(&self) -> Totals {
        refresh_all(&self.app, self.user).await.expect("all are due");
        refresh_until_done(self.app.clone(), |_| {}).await.expect("a refresh")
    }

    pub(crate) async fn feed(&self, id: SubscriptionId) -> Subscription {
        self.app.store.subscription(self.user, id).await.expect("an answer").expect("a subscription")
    }

    /// All entries of a feed, the topmost first. The kept count of unread ones is checked on the way.
    pub(crate) async fn entries(&self, id: SubscriptionId) -> Vec<EntrySummary> {
        let view = View::Feed { id, unread_only: false };
        let entries = self.list(view).await;
        let unread = entries.iter().filter(|entry| entry.unread).count();
        assert_eq!(self.feed(id).await.unread_count as usize, unread, "the count is that of the list");
        entries
    }

    pub(crate) async fn list(&self, view: View) -> Vec<EntrySummary> {
        self.app.store.entries(self.user, view, Order::Newest, None, 10_000).await.expect("a list").entries
    }

    pub(crate) async fn titles(&self, id: SubscriptionId) -> Vec<String> {
        self.entries(id).await.into_iter().map(|entry| entry.title).collect()
    }

    /// What a reader of the entry sees.
    pub(crate) async fn html(&self, entry: &EntrySummary) -> String {
        let body = self.app.store.body(self.user, entry.id, BodyKind::Article).await.expect("an answer");
        body.expect("each entry has a body").html
    }
}

pub(crate) fn config(folder: &TempDir) -> StoreConfig {
    StoreConfig::Sqlite(folder.path().join("yomu.sqlite3"))
}

/// Loopback is allowed, and nobody waits long.
pub(crate) fn fetching() -> FetchConfig {
    let second = Duration::from_secs(1);
    FetchConfig {
        allowed_networks: vec!["127.0.0.0/8".parse().expect("a network")],
        host_gap: Duration::ZERO,
        per_host_max: 8,
        limits: Limits { dns_time: second, connect_time: 2 * second, ..Limits::default() },
        ..FetchConfig::default()
    }
}

/// An RSS feed of these items. It names no site, so that no icon is looked for elsewhere.
pub(crate) fn rss(items: &str) -> String {
    format!(r#"<?xml version="1.0"?><rss version="2.0"><channel><title>Feed</title>{items}</channel></rss>"#)
}

pub(crate) const RSS: &str = "application/rss+xml";

/// An item with a number for its guid and its day of January 2026.
pub(crate) fn item(number: u32, title: &str, text: &str) -> String {
    format!(
        "<item><guid>{number}</guid><title>{title}</title><description>{text}</description>\
         <pubDate>{number:02} Jan 2026 00:00:00 GMT</pubDate></item>"
    )
}
