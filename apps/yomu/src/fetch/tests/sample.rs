//! Documents in the binary.

use url::Url;

use super::{FetchConfig, Fetcher, config, document, feed, get, not_modified, problem};
use crate::fetch::{Embedded, Request};

fn library(url: &Url) -> Option<Embedded> {
    (url.path() == "/feed.xml").then_some(Embedded {
        bytes: b"<rss/>",
        content_type: "application/rss+xml; charset=utf-8",
        etag: "\"1\"",
    })
}

fn fetcher() -> Fetcher {
    Fetcher::new(FetchConfig { embedded: Some(library), ..config() }).unwrap()
}

#[tokio::test]
async fn the_sample_library_is_answered_from_the_binary() {
    let document = document(fetcher().get(&feed("https://sample.yomu.invalid/feed.xml")).await);
    assert_eq!(document.bytes, b"<rss/>");
    assert_eq!(document.url.as_str(), "https://sample.yomu.invalid/feed.xml");
    assert_eq!(document.content_type.as_deref(), Some("application/rss+xml; charset=utf-8"));
    assert_eq!(document.etag.as_deref(), Some("\"1\""));
}

#[tokio::test]
async fn asking_again_finds_it_unchanged() {
    let request = Request { etag: Some("\"1\"".to_owned()), ..feed("https://sample.yomu.invalid/feed.xml") };
    not_modified(fetcher().get(&request).await);
    let older = Request { etag: Some("\"0\"".to_owned()), ..request };
    document(fetcher().get(&older).await);
}

#[tokio::test]
async fn what_is_not_in_it_is_not_found() {
    assert_eq!(problem(fetcher().get(&feed("https://sample.yomu.invalid/other.xml")).await).0, "not_found");
    assert_eq!(problem(get("https://sample.yomu.invalid/feed.xml").await).0, "not_found");
}
