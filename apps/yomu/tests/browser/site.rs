//! The reader behind a real port that can be closed and opened again, and a web around it.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::http::{StatusCode, Uri, header};
use axum::response::IntoResponse;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use yomu::App;
use yomu::actions::add_feed::{AddFeed, Added, add_feed};
use yomu::actions::refresh_now::refresh_feed;
use yomu::fetch::{FetchConfig, Limits};
use yomu::web::{Access, WebConfig, router};
use yomu_model::ids::UserId;
use yomu_store::{EntrySummary, Order, Store, StoreConfig, View};

/// The reader under test.
pub(crate) struct Site {
    pub(crate) app: App,
    pub(crate) user: UserId,
    /// Where it is reached: `http://localhost:12345`. Browsers trust this name as they trust https.
    pub(crate) base: String,
    address: SocketAddr,
    server: Option<Runtime>,
    _folder: TempDir,
}

impl Site {
    /// A reader without anything.
    pub(crate) async fn new() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = tempfile::tempdir().unwrap();
        let now = jiff::Timestamp::now();
        let config = StoreConfig::Sqlite(folder.path().join("yomu.sqlite3"));
        let store = Store::open(&config, now).await.unwrap();
        let user = store.local_user(now).await.unwrap().id;
        let app = App::new(store, fetching()).unwrap();
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = free.local_addr().unwrap();
        drop(free);
        let base = format!("http://localhost:{}", address.port());
        let mut site = Self { app, user, base, address, server: None, _folder: folder };
        site.come_back().await;
        site
    }

    /// A reader of one feed with numbered entries, the newest with the highest number.
    pub(crate) async fn with_entries(web: &Web, count: usize) -> Self {
        let site = Self::new().await;
        web.publish_numbered("/feed", "Two chairs", 1..=count);
        site.subscribe(&web.url("/feed")).await;
        site
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Nobody is there any more: connections break, and new ones are refused.
    pub(crate) fn go_away(&mut self) {
        if let Some(server) = self.server.take() {
            // Not on this thread, which belongs to the test's own runtime.
            let ending = std::thread::spawn(move || server.shutdown_timeout(Duration::from_secs(1)));
            ending.join().unwrap();
        }
    }

    /// The same reader at the same address.
    pub(crate) async fn come_back(&mut self) {
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let (app, user, address) = (self.app.clone(), self.user, self.address);
        let (listening, listens) = tokio::sync::oneshot::channel();
        runtime.spawn(async move {
            let listener = TcpListener::bind(address).await.unwrap();
            let web = WebConfig { access: Access::Local(user), base_url: None, trusted_proxies: Vec::new() };
            let service = router(app, web).into_make_service_with_connect_info::<SocketAddr>();
            listening.send(()).unwrap();
            axum::serve(listener, service).await
        });
        listens.await.unwrap();
        self.server = Some(runtime);
    }

    /// Subscribes to a feed and fetches it.
    pub(crate) async fn subscribe(&self, url: &str) {
        let added = add_feed(&self.app, self.user, AddFeed { address: url, folder: None, credentials: None }).await;
        assert!(matches!(added.unwrap(), Added::Subscribed { .. }));
    }

    /// Asks the only feed for news.
    pub(crate) async fn refresh(&self) {
        let feeds = self.app.store.subscriptions(self.user).await.unwrap();
        refresh_feed(&self.app, self.user, feeds[0].id).await.unwrap();
    }

    pub(crate) async fn all(&self) -> Vec<EntrySummary> {
        self.app.store.entries(self.user, View::All, Order::Newest, None, 2_000).await.unwrap().entries
    }

    /// The entry of a title.
    pub(crate) async fn entry(&self, title: &str) -> EntrySummary {
        self.all().await.into_iter().find(|entry| entry.title == title).expect("an entry of this title")
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.go_away();
    }
}

/// Loopback is allowed, and nobody waits long.
fn fetching() -> FetchConfig {
    let second = Duration::from_secs(1);
    let limits = Limits { connect_time: second, first_byte_time: second, ..Limits::default() };
    FetchConfig {
        allowed_networks: vec!["127.0.0.0/8".parse().unwrap()],
        host_gap: Duration::ZERO,
        limits,
        ..FetchConfig::default()
    }
}

/// Some sites on loopback: a table of paths.
pub(crate) struct Web {
    address: SocketAddr,
    documents: Arc<Mutex<HashMap<String, (&'static str, String)>>>,
}

impl Web {
    pub(crate) async fn start() -> Self {
        let documents: Arc<Mutex<HashMap<String, (&'static str, String)>>> = Arc::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let table = documents.clone();
        let answer = move |uri: Uri| {
            let found = table.lock().unwrap().get(uri.path()).cloned();
            async move {
                match found {
                    Some((media_type, body)) => ([(header::CONTENT_TYPE, media_type)], body).into_response(),
                    None => StatusCode::NOT_FOUND.into_response(),
                }
            }
        };
        tokio::spawn(async move { axum::serve(listener, Router::new().fallback(answer)).await });
        Self { address, documents }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) fn put(&self, path: &str, media_type: &'static str, body: String) {
        self.documents.lock().unwrap().insert(path.to_owned(), (media_type, body));
    }

    /// Publishes a feed whose entries have numbers, one a minute.
    pub(crate) fn publish_numbered(&self, path: &str, title: &str, numbers: std::ops::RangeInclusive<usize>) {
        let item = |number: usize| (format!("Entry {number}"), format!("<p>The text of entry {number}.</p>"));
        self.publish(path, title, &numbers.map(item).collect::<Vec<_>>());
    }

    /// Publishes a feed of titles and bodies, the last one the newest.
    pub(crate) fn publish(&self, path: &str, title: &str, items: &[(String, String)]) {
        let mut feed = format!(
            "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><title>{}</title><id>{path}</id>",
            escaped(title)
        );
        for (number, (title, html)) in items.iter().enumerate() {
            let (day, hour, minute) = (number / 1440 + 1, number / 60 % 24, number % 60);
            feed.push_str(&format!(
                "<entry><id>{path}/{number}</id><title type=\"html\">{}</title><link href=\"{}\"/>\
                 <updated>2026-01-{day:02}T{hour:02}:{minute:02}:00Z</updated><content type=\"html\">{}</content></entry>",
                escaped(&escaped(title)),
                self.url(&format!("/pages/{number}")),
                escaped(html)
            ));
        }
        feed.push_str("</feed>");
        self.put(path, "application/atom+xml", feed);
    }
}

/// Text of an XML document. What XML has no place for is left out.
fn escaped(text: &str) -> String {
    let allowed =
        |one: &char| matches!(one, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().filter(allowed).collect::<String>().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
