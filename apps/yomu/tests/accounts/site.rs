//! The reader behind a real port, with signing in.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tempfile::TempDir;
use tokio::net::TcpListener;
use url::Url;
use yomu::App;
use yomu::config::{AllowedPeople, SignInConfig};
use yomu::fetch::{BodyLimits, FetchConfig, Limits};
use yomu::sign_in::SignIn;
use yomu::web::{Access, WebConfig, router};
use yomu_model::ids::UserId;
use yomu_model::secret::Secret;
use yomu_store::{Person, Store, StoreConfig};

use crate::provider::{CLIENT_ID, CLIENT_SECRET, Provider};
use crate::visitor::Visitor;

pub(crate) struct Site {
    pub(crate) store: Store,
    pub(crate) provider: Provider,
    pub(crate) base: Url,
    /// The account that the program made for its local user.
    pub(crate) local: UserId,
    _folder: TempDir,
}

impl Site {
    /// A reader that lets in whom the list names; an empty list lets in the first, and then the invited.
    pub(crate) async fn allowing(emails: &[&str], domains: &[&str]) -> Self {
        let provider = Provider::start().await;
        let folder = tempfile::tempdir().unwrap();
        let now = jiff::Timestamp::now();
        let config = StoreConfig::Sqlite(folder.path().join("yomu.sqlite3"));
        let store = Store::open(&config, now).await.unwrap();
        let local = store.local_user(now).await.unwrap().id;
        let secret = Secret::new("a secret of the tests, long enough");
        let app = App::new(store.clone(), fetching()).unwrap().with_secret(secret);
        let app = app.with_image_proxy(fetching()).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        // Another host than the provider's, so that browsers see two sites.
        let base = Url::parse(&format!("http://localhost:{}", listener.local_addr().unwrap().port())).unwrap();
        let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect();
        let sign_in = SignInConfig {
            issuer: provider.issuer.clone(),
            client_id: CLIENT_ID.to_owned(),
            client_secret: Secret::new(CLIENT_SECRET),
            allowed: AllowedPeople { emails: names(emails), domains: names(domains) },
        };
        let access = Access::SignIn(Arc::new(SignIn::new(&app, sign_in, fetching(), &base).unwrap()));
        let web = WebConfig { access, base_url: Some(base.clone()), trusted_proxies: Vec::new() };
        let service = router(app, web).into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        Self { store, provider, base, local, _folder: folder }
    }

    /// A reader that lets in the first, and then the invited.
    pub(crate) async fn new() -> Self {
        Self::allowing(&[], &[]).await
    }

    /// A browser that has never been here.
    pub(crate) fn visitor(&self) -> Visitor {
        Visitor::new(self.base.clone())
    }

    /// A browser in which somebody has signed in.
    pub(crate) async fn signed_in(&self, subject: &str, email: &str) -> Visitor {
        self.provider.signs_in(subject, email);
        let visitor = self.visitor();
        visitor.sign_in().await.leads_to("/unread");
        visitor
    }

    pub(crate) async fn people(&self) -> Vec<Person> {
        self.store.people().await.unwrap()
    }

    /// The number of the user of this name.
    pub(crate) async fn user(&self, name: &str) -> UserId {
        let people = self.people().await;
        people.iter().find(|person| person.user.name == name).expect("somebody of this name").user.id
    }
}

/// Pictures in these tests are small.
pub(crate) const PICTURE_BYTES_MAX: usize = 300_000;

/// Loopback is allowed, and nobody waits long.
fn fetching() -> FetchConfig {
    let second = Duration::from_secs(1);
    let mut limits = Limits { connect_time: second, first_byte_time: second, ..Limits::default() };
    limits.json.time_max = 2 * second;
    limits.stall_time = second;
    limits.image = BodyLimits { bytes_max: PICTURE_BYTES_MAX, time_max: 5 * second };
    FetchConfig { allowed_networks: vec!["127.0.0.0/8".parse().unwrap()], limits, ..FetchConfig::default() }
}
