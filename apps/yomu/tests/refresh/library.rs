//! A reader with a library of its own, in front of the test's server.
//!
//! Each test is told on both databases. SQLite is always there. PostgreSQL is where `YOMU_TEST_POSTGRES` says
//! (`scripts/postgres` sets it); without it that half is skipped, loudly.

use std::time::Duration;

use tempfile::TempDir;
use yomu::App;
use yomu::actions::refresh_now::refresh_all;
use yomu::fetch::{FetchConfig, Limits};
use yomu::jobs::{Totals, refresh_until_done};
use yomu_model::ids::{SubscriptionId, UserId};
use yomu_model::secret::Secret;
use yomu_store::{BodyKind, EntrySummary, FeedSource, Order, Store, StoreConfig, Subscription, View};

use crate::server::Server;

pub(crate) struct Library {
    pub(crate) app: App,
    pub(crate) user: UserId,
    pub(crate) server: Server,
    pub(crate) config: StoreConfig,
    /// For the database, if that is a file, and for whatever else the program wants to write.
    pub(crate) folder: TempDir,
}

/// Runs a test once on each database that is at hand, for a reader without feeds and a server without documents.
pub(crate) async fn on_each_database(test: impl AsyncFn(Library)) {
    on_each_database_slowly(Duration::ZERO, test).await;
}

/// The same, in front of a server that waits before each answer.
pub(crate) async fn on_each_database_slowly(delay: Duration, test: impl AsyncFn(Library)) {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let server = Server::slow(delay).await;
        if let Some(library) = Library::on(engine, server).await {
            // Shown when the test fails.
            println!("on {}", library.app.store.engine());
            test(library).await;
        }
    }
}

#[derive(Clone, Copy)]
enum Engine {
    Sqlite,
    Postgres,
}

impl Library {
    async fn on(engine: Engine, server: Server) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let config = match engine {
            Engine::Sqlite => StoreConfig::Sqlite(folder.path().join("yomu.sqlite3")),
            Engine::Postgres => StoreConfig::Postgres(Secret::new(new_database().await?)),
        };
        let now = jiff::Timestamp::now();
        let store = Store::open(&config, now).await.expect("the database opens");
        let user = store.local_user(now).await.expect("a user").id;
        let app = App::new(store, fetching()).expect("an app");
        Some(Self { app, user, server, config, folder })
    }

    /// A library of somebody else's, on the same kind of database.
    pub(crate) async fn another(&self) -> Self {
        let engine = match self.config {
            StoreConfig::Sqlite(_) => Engine::Sqlite,
            StoreConfig::Postgres(_) => Engine::Postgres,
        };
        Self::on(engine, Server::start().await).await.expect("there was one before")
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

/// Makes a database of its own on the server of `YOMU_TEST_POSTGRES`, and its address.
async fn new_database() -> Option<String> {
    let Ok(server) = std::env::var("YOMU_TEST_POSTGRES") else {
        eprintln!("SKIPPED on PostgreSQL: YOMU_TEST_POSTGRES is not set; run `scripts/postgres cargo nextest run`");
        return None;
    };
    let (client, connection) =
        tokio_postgres::connect(&server, tokio_postgres::NoTls).await.expect("the server answers");
    tokio::spawn(connection);
    let name = format!("yomu_{}_{}", std::process::id(), jiff::Timestamp::now().as_nanosecond());
    client.batch_execute(&format!("CREATE DATABASE {name}")).await.expect("a new database");
    let (base, _) = server.rsplit_once('/').expect("an address that ends with a database");
    Some(format!("{base}/{name}"))
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
