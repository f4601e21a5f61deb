//! Documents, and copies that are still good.

use std::time::Duration;

use super::server::{Reply, Server};
use super::{config, document, feed, fetcher, get, not_modified};
use crate::fetch::{Fetcher, Kind, Request};

#[tokio::test]
async fn a_document_comes_with_all_that_is_needed_next_time() {
    let server = Server::always(|| {
        let headers = "Content-Type: application/rss+xml; charset=EUC-JP\r\n\
                       ETag: W/\"abc\"\r\n\
                       Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r\n\
                       Cache-Control: max-age=900\r\n";
        Reply::new(200, headers, "<rss/>")
    })
    .await;
    let document = document(get(&server.url("/feed#top")).await);
    assert_eq!(document.bytes, b"<rss/>");
    assert_eq!(document.url.as_str(), server.url("/feed"));
    assert_eq!(document.moved_to, None);
    assert_eq!(document.content_type.as_deref(), Some("application/rss+xml; charset=EUC-JP"));
    assert_eq!(document.etag.as_deref(), Some("W/\"abc\""));
    assert_eq!(document.last_modified.as_deref(), Some("Sun, 06 Nov 1994 08:49:37 GMT"));
    assert_eq!(document.freshness.fresh_for, Some(Duration::from_secs(900)));
}

#[tokio::test]
async fn a_document_without_headers_is_fine_too() {
    let server = Server::always(|| Reply::open_ended("").then("<rss/>").close()).await;
    let document = document(get(&server.url("/")).await);
    assert_eq!(document.bytes, b"<rss/>");
    assert_eq!((document.content_type, document.etag, document.last_modified), (None, None, None));
}

#[tokio::test]
async fn validators_go_back_as_they_came_and_bring_not_modified() {
    let server = Server::start(|request| match request.header("if-none-match") {
        Some("\"旧\"") => Reply::new(304, "Cache-Control: max-age=60\r\nETag: \"新\"\r\n", ""),
        _ => Reply::new(200, "ETag: \"旧\"\r\nLast-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r\n", "<rss/>"),
    })
    .await;
    let fetcher = fetcher();
    let mut request = feed(&server.url("/"));
    let first = document(fetcher.get(&request).await);
    request.etag = first.etag;
    request.last_modified = first.last_modified;
    let second = not_modified(fetcher.get(&request).await);
    assert_eq!(second.freshness.fresh_for, Some(Duration::from_secs(60)));
    assert_eq!((second.etag.as_deref(), second.last_modified), (Some("\"新\""), None), "as far as it names them");
    let seen = server.seen();
    assert_eq!(seen[0].header("if-none-match"), None);
    assert_eq!(seen[0].header("if-modified-since"), None);
    assert_eq!(seen[1].header("if-modified-since"), Some("Sun, 06 Nov 1994 08:49:37 GMT"));
}

#[tokio::test]
async fn last_modified_alone_is_enough() {
    let server = Server::start(|request| match request.header("if-modified-since") {
        Some(_) => Reply::status(304),
        None => Reply::ok("<rss/>"),
    })
    .await;
    let mut request = feed(&server.url("/"));
    request.last_modified = Some("Sun, 06 Nov 1994 08:49:37 GMT".to_owned());
    not_modified(fetcher().get(&request).await);
}

#[tokio::test]
async fn a_validator_that_cannot_be_a_header_is_left_out() {
    let server = Server::always(|| Reply::ok("<rss/>")).await;
    let mut request = feed(&server.url("/"));
    request.etag = Some("\"a\r\nX-Evil: 1\"".to_owned());
    document(fetcher().get(&request).await);
    let seen = &server.seen()[0];
    assert_eq!((seen.header("if-none-match"), seen.header("x-evil")), (None, None));
}

#[tokio::test]
async fn absurdly_long_validators_are_not_kept() {
    let server = Server::always(|| Reply::new(200, &format!("ETag: \"{}\"\r\n", "a".repeat(2_000)), "<rss/>")).await;
    assert_eq!(document(get(&server.url("/")).await).etag, None);
}

#[tokio::test]
async fn we_say_who_we_are_and_what_we_want() {
    let server = Server::always(|| Reply::ok("x")).await;
    let fetcher = Fetcher::new(super::FetchConfig { user_agent: "Yomu/9 (test)".to_owned(), ..config() }).unwrap();
    for kind in [Kind::Feed, Kind::Page, Kind::Icon] {
        document(fetcher.get(&Request { kind, ..feed(&server.url("/")) }).await);
    }
    let seen = server.seen();
    assert!(seen.iter().all(|request| request.header("user-agent") == Some("Yomu/9 (test)")));
    assert!(seen.iter().all(|request| request.header("accept-encoding") == Some("gzip, br, zstd, deflate")));
    let accepts: Vec<_> = seen.iter().map(|request| &request.header("accept").unwrap()[..9]).collect();
    assert_eq!(accepts, ["applicati", "text/html", "image/*, "]);
    assert!(seen.iter().all(|request| request.header("cookie").or(request.header("referer")).is_none()));
}

#[tokio::test]
async fn one_connection_serves_many_requests() {
    let server = Server::always(|| Reply::status(304)).await;
    let fetcher = fetcher();
    let request = Request { etag: Some("\"a\"".to_owned()), ..feed(&server.url("/")) };
    for _ in 0..20 {
        not_modified(fetcher.get(&request).await);
    }
    assert_eq!(server.seen().len(), 20);
    assert_eq!(server.connections(), 1);
}
