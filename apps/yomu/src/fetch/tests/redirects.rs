//! Moves, detours and circles.

use super::server::{Reply, Seen, Server};
use super::{document, feed, fetcher, get, not_modified, problem};
use crate::fetch::redirect::Trail;
use crate::fetch::{FetchError, Request};

/// `/301/302/end` answers with a 301 to `/302/end`, and so on.
fn chain(request: &Seen) -> Reply {
    match request.path[1..].split_once('/') {
        Some((status, rest)) => Reply::redirect(status.parse().unwrap(), &format!("/{rest}")),
        None => Reply::ok("<rss/>"),
    }
}

async fn moved_to(path: &str) -> Option<String> {
    let server = Server::start(chain).await;
    let document = document(get(&server.url(path)).await);
    assert_eq!(document.url.path(), "/end");
    document.moved_to.map(|url| url.path().to_owned())
}

#[tokio::test]
async fn a_permanent_redirect_is_a_move() {
    assert_eq!(moved_to("/301/end").await.as_deref(), Some("/end"));
    assert_eq!(moved_to("/308/end").await.as_deref(), Some("/end"));
    assert_eq!(moved_to("/301/308/end").await.as_deref(), Some("/end"));
}

#[tokio::test]
async fn a_temporary_redirect_is_none() {
    for path in ["/end", "/302/end", "/303/end", "/307/end", "/302/301/end"] {
        assert_eq!(moved_to(path).await, None, "{path}");
    }
}

#[tokio::test]
async fn a_move_counts_as_far_as_it_was_permanent() {
    assert_eq!(moved_to("/301/302/end").await.as_deref(), Some("/302/end"));
    assert_eq!(moved_to("/301/308/307/301/end").await.as_deref(), Some("/307/301/end"));
}

#[tokio::test]
async fn an_unchanged_feed_may_have_moved() {
    let server = Server::start(|request| match request.path.as_str() {
        "/old" => Reply::redirect(301, "/new"),
        _ => Reply::status(304),
    })
    .await;
    let request = Request { etag: Some("\"a\"".to_owned()), ..feed(&server.url("/old")) };
    let answer = not_modified(fetcher().get(&request).await);
    assert_eq!(answer.moved_to.unwrap().as_str(), server.url("/new"));
}

#[tokio::test]
async fn a_location_may_be_relative_japanese_or_carry_a_fragment() {
    let server = Server::start(|request| match request.path.as_str() {
        "/a/feed" => Reply::redirect(301, "../フィード?x=1#top"),
        _ => Reply::ok("<rss/>"),
    })
    .await;
    let document = document(get(&server.url("/a/feed")).await);
    assert_eq!(document.url.as_str(), server.url("/%E3%83%95%E3%82%A3%E3%83%BC%E3%83%89?x=1"));
    assert_eq!(document.moved_to, Some(document.url));
}

#[tokio::test]
async fn a_circle_is_noticed_at_once() {
    let server = Server::start(|request| match request.path.as_str() {
        "/a" => Reply::redirect(302, "/b"),
        _ => Reply::redirect(302, "/a"),
    })
    .await;
    let (kind, sentence) = problem(get(&server.url("/a")).await);
    assert_eq!((kind, sentence.as_str()), ("redirect_loop", "`127.0.0.1` redirects in a circle"));
    assert_eq!(server.paths(), ["/a", "/b"]);
}

#[tokio::test]
async fn an_endless_chain_is_given_up_after_ten() {
    let server = Server::start(|request| Reply::redirect(302, &format!("{}x", request.path))).await;
    let (kind, sentence) = problem(get(&server.url("/")).await);
    assert_eq!(kind, "too_many_redirects");
    assert_eq!(sentence, "`127.0.0.1` was reached after 10 redirects and redirects once more");
    assert_eq!(server.seen().len(), 11);
}

#[tokio::test]
async fn ten_redirects_are_still_followed() {
    let server = Server::start(chain).await;
    let document = document(get(&server.url(&format!("{}/end", "/302".repeat(10)))).await);
    assert_eq!(document.bytes, b"<rss/>");
}

#[tokio::test]
async fn a_redirect_to_nowhere_is_an_error() {
    for reply in [|| Reply::status(301), || Reply::redirect(301, "http://"), || Reply::redirect(301, "http://[::1/")] {
        let server = Server::always(reply).await;
        let (kind, sentence) = problem(get(&server.url("/")).await);
        assert_eq!((kind, sentence.as_str()), ("redirect_nowhere", "`127.0.0.1` redirects without saying where to"));
    }
}

#[tokio::test]
async fn a_redirect_to_another_scheme_is_not_followed() {
    for (location, scheme) in [("file:///etc/passwd", "file"), ("ftp://example.com/", "ftp"), ("data:,x", "data")] {
        let server = Server::always(move || Reply::redirect(302, location)).await;
        let (kind, sentence) = problem(get(&server.url("/")).await);
        assert_eq!(kind, "bad_url");
        assert_eq!(sentence, format!("an address that begins with `{scheme}:` cannot be fetched, only http and https"));
    }
}

fn trail(first: &str, next: &[&str]) -> Result<Trail, FetchError> {
    let mut trail = Trail::new(first.parse().unwrap(), false);
    for location in next {
        trail.follow(Some(location.as_bytes()), true, "host")?;
    }
    Ok(trail)
}

#[test]
fn leaving_https_is_followed_but_not_remembered() {
    let (end, moved_to) = trail("https://a.example/", &["https://b.example/", "http://c.example/"]).unwrap().end();
    assert_eq!(end.as_str(), "http://c.example/");
    assert_eq!(moved_to.unwrap().as_str(), "https://b.example/");
}

#[test]
fn going_to_https_is_a_move() {
    let (_, moved_to) = trail("http://a.example/", &["https://a.example/"]).unwrap().end();
    assert_eq!(moved_to.unwrap().as_str(), "https://a.example/");
}

#[test]
fn only_the_same_origin_is_trusted_with_credentials() {
    let trusted = |first, next| trail(first, &[next]).unwrap().is_trusted();
    assert!(trusted("https://a.example/", "/feed"));
    assert!(trusted("http://a.example/", "https://a.example/"), "the same host, now encrypted");
    assert!(!trusted("https://a.example/", "http://a.example/"));
    assert!(!trusted("https://a.example/", "https://b.example/"));
    assert!(!trusted("https://a.example/", "https://www.a.example/"));
    assert!(!trusted("https://a.example/", "https://a.example:8443/"));
    assert!(!trusted("http://a.example:8080/", "https://a.example/"));
    assert!(!trusted("http://a.example/", "https://a.example:8443/"));
}
