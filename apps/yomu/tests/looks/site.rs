//! The reader behind a real port, with the sample library in it.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;
use url::Url;
use yomu::App;
use yomu::actions::open_sample::open_sample;
use yomu::config::{AllowedPeople, SignInConfig};
use yomu::fetch::FetchConfig;
use yomu::sign_in::SignIn;
use yomu::web::{Access, WebConfig, router};
use yomu_model::ids::{EntryId, UserId};
use yomu_model::secret::Secret;
use yomu_store::{NewEntry, Order, SavedPage, Store, StoreConfig, View};

use crate::driver::Driver;

/// The reader under test.
pub(crate) struct Site {
    pub(crate) app: App,
    pub(crate) store: Store,
    pub(crate) user: UserId,
    base: String,
    _folder: TempDir,
}

impl Site {
    /// A reader of the sample library.
    pub(crate) async fn new() -> Self {
        Self::with_access(FetchConfig::default(), |_, user, _| Access::Local(user)).await
    }

    /// The same with feeds on loopback.
    pub(crate) async fn with_neighbours() -> Self {
        let allowed_networks = vec!["127.0.0.0/8".parse().unwrap()];
        let fetch = FetchConfig { allowed_networks, host_gap: Duration::ZERO, ..FetchConfig::default() };
        Self::with_access(fetch, |_, user, _| Access::Local(user)).await
    }

    /// The same where people sign in, with a provider whom nobody asks anything.
    pub(crate) async fn with_sign_in() -> Self {
        let config = SignInConfig {
            issuer: "https://people.example".to_owned(),
            client_id: "yomu".to_owned(),
            client_secret: Secret::new("-"),
            allowed: AllowedPeople::default(),
        };
        let sign_in = |app: &App, base: &Url| SignIn::new(app, config, FetchConfig::default(), base).unwrap();
        let fetch = FetchConfig::default();
        Self::with_access(fetch, |app, _, base| Access::SignIn(Arc::new(sign_in(app, base)))).await
    }

    async fn with_access(fetch: FetchConfig, access: impl FnOnce(&App, UserId, &Url) -> Access) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = tempfile::tempdir().unwrap();
        let now = jiff::Timestamp::now();
        let config = StoreConfig::Sqlite(folder.path().join("yomu.sqlite3"));
        let store = Store::open(&config, now).await.unwrap();
        let user = store.local_user(now).await.unwrap().id;
        let app = App::new(store.clone(), fetch).unwrap();
        open_sample(&app, user).await.unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://localhost:{}", listener.local_addr().unwrap().port());
        let access = access(&app, user, &Url::parse(&base).unwrap());
        let config = WebConfig { access, base_url: None, trusted_proxies: Vec::new() };
        let service = router(app.clone(), config);
        tokio::spawn(async move { axum::serve(listener, service).await });
        Self { app, store, user, base, _folder: folder }
    }

    pub(crate) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The number of the entry with a title.
    pub(crate) async fn entry(&self, title: &str) -> EntryId {
        let all = self.store.entries(self.user, View::All, Order::Newest, None, 1000).await.unwrap().entries;
        all.iter().find(|entry| entry.title == title).unwrap_or_else(|| panic!("no entry `{title}`")).id
    }

    /// Saves a page with this text, as if it had been cleaned.
    pub(crate) async fn save(&self, title: &str, lang: &str, html: &str) -> EntryId {
        let entry = NewEntry {
            identity: [7; 16],
            url: "https://example.com/article".to_owned(),
            title: title.to_owned(),
            lang: Some(lang.to_owned()),
            html: html.to_owned(),
            reading_minutes: 1,
            ..NewEntry::default()
        };
        self.store.save_page(self.user, SavedPage { entry }, jiff::Timestamp::now()).await.unwrap()
    }
}

/// Waits until an expression of JavaScript is true.
pub(crate) async fn until(browser: &Driver, condition: &str) {
    for _ in 0..200 {
        if browser.script(&format!("return Boolean({condition})")).await == Value::Bool(true) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("never true: {condition}\non {}", browser.path().await);
}
