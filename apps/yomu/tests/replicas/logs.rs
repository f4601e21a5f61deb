//! What is logged, and what never is.

use yomu_model::secret::Secret;
use yomu_store::{Credentials, FeedSource};
use yomu_store::{Store, StoreConfig};

use crate::port::free_port;
use crate::process::{Process, client, eventually, get, new_database, post, status};
use crate::server::Server as Feeds;

/// Stands in every value that must not be seen.
const HIDDEN: &str = "hunter2";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_is_json_and_carries_the_number_of_its_request() {
    let process = Process::start(&["serve"], &[("LOG_FORMAT", "json"), ("LOG_LEVEL", "debug")]);
    process.ready().await;
    let given = client().get(process.url("/nothing")).header("x-request-id", "proxy-17").send().await.unwrap();
    assert_eq!(given.headers()["x-request-id"], "proxy-17");
    let made = client().get(process.url("/unread")).header("x-request-id", "not\tplain").send().await.unwrap();
    assert_eq!(made.headers()["x-request-id"].len(), 16);
    let log = process.log();
    for line in log.lines() {
        serde_json::from_str::<serde_json::Value>(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    }
    let line = log.lines().find(|line| line.contains("proxy-17")).expect("the request is in the log");
    let line: serde_json::Value = serde_json::from_str(line).unwrap();
    assert_eq!((&line["status"], &line["span"]["method"]), (&404.into(), &"GET".into()));
    assert_eq!(line["span"]["route"], "unmatched", "a path is never logged");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_secret_is_ever_logged() {
    let Some(url) = new_database().await else { return };
    let with_password = url.replace("postgres@", &format!("postgres:{HIDDEN}@"));
    let valkey = format!("redis://:{HIDDEN}@127.0.0.1:{}", free_port());
    // A weak one would be refused.
    let session_secret = format!("{HIDDEN}{}", "-quokka-violin-0815-harbour-lantern");
    let variables = [
        ("DATABASE_URL", with_password.as_str()),
        ("VALKEY_URL", &valkey),
        ("SESSION_SECRET", session_secret.as_str()),
        ("LOG_LEVEL", "trace"),
        ("LOG_FORMAT", "json"),
    ];
    let process = Process::start(&["serve"], &variables);
    process.ready().await;
    let store = Store::open(&StoreConfig::Postgres(Secret::new(url)), jiff::Timestamp::now()).await.unwrap();
    let user = store.local_user(jiff::Timestamp::now()).await.unwrap().id;
    let feeds = Feeds::start().await;
    feeds.put("/broken", "text/plain", "no feed");
    for path in ["/broken", "/missing"] {
        let credentials = Credentials { username: "ann".to_owned(), password: Secret::new(HIDDEN) };
        let source = FeedSource { credentials: Some(credentials), ..FeedSource::at(feeds.url(path)) };
        store.subscribe(user, &source, None, None, jiff::Timestamp::now()).await.unwrap();
    }
    let nobody = FeedSource::at(format!("http://ann:{HIDDEN}@127.0.0.1:{}/feed", free_port()));
    store.subscribe(user, &nobody, None, None, jiff::Timestamp::now()).await.unwrap();
    assert_eq!(post(&process.url("/refresh")).await, Some(303));
    eventually("all three failed", async || process.number("yomu_refresh_failures_total").await >= 3.0).await;
    let cookie = client().get(process.url("/unread")).header("cookie", format!("session={HIDDEN}"));
    let authorized = cookie.header("authorization", format!("Bearer {HIDDEN}")).header("x-auth-token", HIDDEN);
    assert_eq!(authorized.send().await.unwrap().status(), 200);
    assert_eq!(status(&process.url(&format!("/search?q={HIDDEN}"))).await, Some(200));
    assert_eq!(status(&process.url(&format!("/{HIDDEN}"))).await, Some(404));
    assert!(!get(&process.numbers_url("/metrics")).await.contains(HIDDEN));
    let log = process.log();
    assert!(log.lines().count() > 10, "{log}");
    let telling: Vec<&str> = log.lines().filter(|line| line.contains(HIDDEN)).collect();
    assert_eq!(telling, Vec::<&str>::new());
}
