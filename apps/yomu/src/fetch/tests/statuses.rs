//! What the server says instead of an answer.

use std::time::Duration;

use super::server::{Reply, Server};
use super::{feed, fetcher, get, problem};
use crate::fetch::{FetchError, Request};

#[track_caller]
fn check(answer: (&'static str, String), kind: &str, sentence: &str) {
    assert_eq!((answer.0, answer.1.as_str()), (kind, sentence));
}

async fn status(status: u16) -> (&'static str, String) {
    let server = Server::always(move || Reply::status(status)).await;
    problem(get(&server.url("/")).await)
}

#[tokio::test]
async fn each_status_has_its_sentence() {
    check(status(401).await, "unauthorized", "`127.0.0.1` asks for a user and password; set them for this address");
    check(status(403).await, "forbidden", "`127.0.0.1` does not let us read this (403); it may refuse feed readers");
    check(status(404).await, "not_found", "`127.0.0.1` has nothing at this address (404)");
    check(status(410).await, "gone", "`127.0.0.1` says that this is gone for good (410)");
    check(status(429).await, "rate_limited", "`127.0.0.1` finds that we ask too often (429)");
    check(status(500).await, "server_error", "the server of `127.0.0.1` has a problem (500)");
    check(status(503).await, "server_error", "the server of `127.0.0.1` has a problem (503)");
    check(status(418).await, "status", "`127.0.0.1` answers with the unexpected status 418");
    check(status(204).await, "empty", "the answer of `127.0.0.1` is empty");
}

#[tokio::test]
async fn not_modified_without_a_copy_at_hand_is_an_error() {
    check(status(304).await, "status", "`127.0.0.1` answers with the unexpected status 304");
}

#[tokio::test]
async fn a_body_with_any_other_success_is_read() {
    let server = Server::always(|| Reply::new(203, "", "<rss/>")).await;
    assert_eq!(super::document(get(&server.url("/")).await).bytes, b"<rss/>");
}

async fn retry_after(status: u16, value: &str) -> Option<Duration> {
    let headers = format!("Retry-After: {value}\r\n");
    let server = Server::always(move || Reply::new(status, &headers, "")).await;
    get(&server.url("/")).await.unwrap_err().retry_after()
}

#[tokio::test]
async fn retry_after_is_told_in_both_forms() {
    assert_eq!(retry_after(429, "120").await, Some(Duration::from_secs(120)));
    assert_eq!(retry_after(503, "3600").await, Some(Duration::from_secs(3_600)));
    let in_an_hour = jiff::Timestamp::now() + Duration::from_secs(3_600);
    let date = in_an_hour.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    let time = retry_after(503, &date).await.unwrap();
    assert!((Duration::from_secs(3_590)..=Duration::from_secs(3_600)).contains(&time), "{time:?}");
    assert_eq!(retry_after(503, "later").await, None);
    assert_eq!(retry_after(404, "120").await, None);
}

#[tokio::test]
async fn a_host_that_asked_for_rest_is_not_asked_again() {
    let server = Server::always(|| Reply::new(503, "Retry-After: 90\r\n", "")).await;
    let fetcher = fetcher();
    let request: Request = feed(&server.url("/"));
    fetcher.get(&request).await.unwrap_err();
    let error = fetcher.get(&feed(&server.url("/other"))).await.unwrap_err();
    check(
        (error.kind(), error.to_string()),
        "resting",
        "`127.0.0.1` asked to be left alone; we ask again in 90 seconds",
    );
    assert!(error.retry_after().unwrap() > Duration::from_secs(80));
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn rest_ends_when_its_time_is_over() {
    let server = Server::always(|| Reply::new(429, "Retry-After: 1\r\n", "")).await;
    let fetcher = fetcher();
    let request = feed(&server.url("/"));
    assert!(matches!(fetcher.get(&request).await, Err(FetchError::RateLimited { .. })));
    assert!(matches!(fetcher.get(&request).await, Err(FetchError::Resting { .. })));
    tokio::time::sleep(Duration::from_millis(1_050)).await;
    assert!(matches!(fetcher.get(&request).await, Err(FetchError::RateLimited { .. })));
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn too_many_requests_without_a_time_means_a_minute() {
    let server = Server::always(|| Reply::status(429)).await;
    let fetcher = fetcher();
    let request = feed(&server.url("/"));
    assert_eq!(fetcher.get(&request).await.unwrap_err().retry_after(), None);
    assert_eq!(
        problem(fetcher.get(&request).await).1,
        "`127.0.0.1` asked to be left alone; we ask again in 60 seconds"
    );
}

#[tokio::test]
async fn an_ordinary_error_does_not_keep_the_host_from_being_asked() {
    for status in [404, 410, 500, 503] {
        let server = Server::always(move || Reply::status(status)).await;
        let fetcher = fetcher();
        for _ in 0..2 {
            fetcher.get(&feed(&server.url("/"))).await.unwrap_err();
        }
        assert_eq!(server.seen().len(), 2, "{status}");
    }
}
