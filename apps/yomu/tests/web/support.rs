//! A reader's browser in front of a new, empty reader.
//!
//! `site.get(path)` and `site.post(path, form)` do what a browser does; `site.publish(...)` does what a refresh does.

use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use jiff::Timestamp;
use tower::ServiceExt;
use yomu::App;
use yomu::fetch::FetchConfig;
use yomu::web::{Access, WebConfig, router};
use yomu_model::ids::{EntryId, SubscriptionId, UserId};
use yomu_store::{FailedCheck, FeedSource, FetchedFeed, Lease, NewEntry, Order, Store, StoreConfig, Validators, View};

/// The reader under test.
pub(crate) struct Site {
    pub(crate) store: Store,
    pub(crate) user: UserId,
    router: Router,
    _folder: tempfile::TempDir,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

/// A moment, counted in minutes from the beginning of the test's world.
pub(crate) fn at(minutes: i64) -> Timestamp {
    Timestamp::from_second(1_767_225_600 + minutes * 60).expect("a time within range")
}

/// An entry with a number for its identity and its time.
pub(crate) fn entry(number: u32, title: &str, text: &str) -> NewEntry {
    NewEntry {
        identity: u128::from(number).to_be_bytes(),
        content_hash: [1; 16],
        url: format!("https://example.com/{number}"),
        title: title.to_owned(),
        author: "Jane Doe".to_owned(),
        excerpt: text.chars().take(240).collect(),
        reading_minutes: 1,
        published_at: Some(at(i64::from(number))),
        html: format!("<p>{text}</p>"),
        text: text.to_owned(),
        ..NewEntry::default()
    }
}

impl Site {
    /// A reader without anything.
    pub(crate) async fn new() -> Self {
        Self::at_address(None).await
    }

    /// A reader that is reached at an address of its own.
    pub(crate) async fn at_address(base_url: Option<&str>) -> Self {
        Self::made(base_url, Vec::new()).await
    }

    /// A reader that trusts the proxies of a network.
    pub(crate) async fn behind(network: &str) -> Self {
        Self::made(None, vec![network.parse().expect("a network")]).await
    }

    async fn made(base_url: Option<&str>, trusted_proxies: Vec<ipnet::IpNet>) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let config = StoreConfig::Sqlite(folder.path().join("yomu.sqlite3"));
        let store = Store::open(&config, at(0)).await.expect("SQLite opens");
        let user = store.local_user(at(0)).await.expect("a user").id;
        let app = App::new(store.clone(), FetchConfig::default()).expect("an app");
        let base_url = base_url.map(|url| url.parse().expect("an address"));
        Self {
            store,
            user,
            router: router(app, WebConfig { access: Access::Local(user), base_url, trusted_proxies }),
            _folder: folder,
        }
    }

    /// A reader of one feed with these entries.
    pub(crate) async fn with_entries(entries: Vec<NewEntry>) -> (Self, SubscriptionId) {
        let site = Self::new().await;
        let feed = site.publish("https://example.com/feed", "Example", entries).await;
        (site, feed)
    }

    /// Subscribes to a feed and stores entries as a refresh would.
    pub(crate) async fn publish(&self, url: &str, title: &str, entries: Vec<NewEntry>) -> SubscriptionId {
        let (subscription, lease) = self.subscribed(url).await;
        let fetched = FetchedFeed {
            lease,
            title: title.to_owned(),
            site_url: Some("https://example.com/".to_owned()),
            description: String::new(),
            lang: None,
            validators: Validators::default(),
            body_hash: [9; 16],
            problems: None,
            next_check_at: Some(at(2000)),
            interval: Duration::from_secs(3600),
            new_entries: entries.into_iter().map(|entry| (self.store.pack(entry), Vec::new())).collect(),
            changed_entries: Vec::new(),
            subscribers: Vec::new(),
        };
        self.store.ingest(fetched, at(1000)).await.expect("ingest");
        subscription
    }

    /// Subscribes to a feed whose check fails.
    pub(crate) async fn fail(&self, url: &str, kind: &str, text: &str) -> SubscriptionId {
        let (subscription, lease) = self.subscribed(url).await;
        let failed = FailedCheck { lease, kind: kind.to_owned(), text: text.to_owned(), next_check_at: Some(at(2000)) };
        self.store.finish_failed(&failed, at(1000)).await.expect("a failure is written");
        subscription
    }

    async fn subscribed(&self, url: &str) -> (SubscriptionId, Lease) {
        let source = FeedSource::at(url);
        let (subscription, feed, _) =
            self.store.subscribe(self.user, &source, None, None, at(0)).await.expect("a subscription");
        let due = self.store.claim_feed(feed, 7, Duration::from_secs(60), at(1000)).await.expect("an answer");
        (subscription, due.expect("the feed is free").lease)
    }

    /// The entry of a title.
    pub(crate) async fn id_of(&self, title: &str) -> EntryId {
        let all = self.store.entries(self.user, View::All, Order::Newest, None, 1000).await.expect("a list").entries;
        all.iter().find(|entry| entry.title == title).expect("an entry of this title").id
    }

    /// How many entries are unread.
    pub(crate) async fn unread_count(&self) -> u32 {
        self.store.counts(self.user).await.expect("counts").0
    }

    /// Opens a page in English.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).header(header::HOST, "localhost:3000").body(Body::empty()).unwrap()).await
    }

    /// Opens a page with one more header.
    pub(crate) async fn get_with(&self, path: &str, name: &str, value: &str) -> Answer {
        let request = Request::get(path).header(header::HOST, "localhost:3000").header(name, value);
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Sends a form from a page of our own.
    pub(crate) async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        self.post_with(path, form, "sec-fetch-site", "same-origin").await
    }

    /// Sends a form with another header than that of our own page.
    pub(crate) async fn post_with(&self, path: &str, form: &[(&str, &str)], name: &str, value: &str) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = Request::post(path)
            .header(header::HOST, "localhost:3000")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(name, value);
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// Sends any request.
    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("the router always answers");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 16 * 1024 * 1024).await.expect("a body").to_vec();
        Answer { status: parts.status, headers: parts.headers, bytes }
    }
}

impl Answer {
    /// The page as text.
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).expect("UTF-8")
    }

    /// Expects the page to hold all of these.
    #[track_caller]
    pub(crate) fn shows(&self, texts: &[&str]) -> &Self {
        for text in texts {
            assert!(self.text().contains(text), "`{text}` is missing in:\n{}", self.text());
        }
        self
    }

    /// Expects the page to hold none of these.
    #[track_caller]
    pub(crate) fn hides(&self, texts: &[&str]) -> &Self {
        for text in texts {
            assert!(!self.text().contains(text), "`{text}` is in:\n{}", self.text());
        }
        self
    }

    /// Expects a status.
    #[track_caller]
    pub(crate) fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status.as_u16(), status, "{}", String::from_utf8_lossy(&self.bytes));
        self
    }

    /// A header, or nothing.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("a plain header"))
    }

    /// Where a form leads, after a look at the status.
    #[track_caller]
    pub(crate) fn leads_to(&self, path: &str) -> &Self {
        self.is(303);
        assert_eq!(self.header("location"), path);
        self
    }

    /// The notice that the next page will show, as a cookie to send.
    pub(crate) fn notice(&self) -> String {
        let cookie = self.header("set-cookie");
        cookie.split(';').next().unwrap_or_default().to_owned()
    }

    /// The titles of a list, as a reader reads them.
    pub(crate) fn titles(&self) -> Vec<String> {
        let after_heading = |part: &str| {
            let (_, link) = part.split_once("<a ")?;
            let (_, text) = link.split_once('>')?;
            Some(text.split("</a>").next()?.replace("<mark>", "").replace("</mark>", ""))
        };
        let (_, list) = self.text().split_once("<ol class=\"entries\">").unwrap_or_default();
        list.split("<h2>").skip(1).filter_map(after_heading).collect()
    }
}
