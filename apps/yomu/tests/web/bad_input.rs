//! Addresses and forms that no page of ours has.

use axum::body::Body;
use axum::http::Request;

use crate::support::{Site, entry};

#[tokio::test]
async fn numbers_that_nothing_has_are_not_found() {
    let (site, _) = Site::with_entries(vec![entry(1, "One", "text")]).await;
    for number in ["0", "-1", "x", "1.5", "9007199254740993", "9223372036854775807", "9223372036854775808", "%E7%8C%AB"]
    {
        for path in ["/entries", "/feeds", "/folders", "/icons"] {
            site.get(&format!("{path}/{number}")).await.is(404);
        }
        for path in ["/entries/{}/read", "/entries/{}/star", "/feeds/{}/remove", "/folders/{}/remove"] {
            site.post(&path.replace("{}", number), &[]).await.is(404);
        }
    }
    assert_eq!(site.unread_count().await, 1);
}

#[tokio::test]
async fn parameters_that_nobody_knows_change_nothing() {
    let (site, _) = Site::with_entries(vec![entry(1, "One", "text")]).await;
    for query in
        ["utm_source=x", "x=1&x=2", "order=nonsense", "after=garbage", "after=9223372036854775808.1", "%", "%FF=%00"]
    {
        let page = site.get(&format!("/unread?{query}")).await;
        assert_eq!(page.is(200).titles(), ["One"], "{query}");
    }
    for query in ["", "q=", "q=%00", "q=%FF", "q=one&q=two"] {
        assert!(site.get(&format!("/search?{query}")).await.status.as_u16() < 500, "{query}");
    }
}

#[tokio::test]
async fn forms_that_are_none_change_nothing() {
    let (site, _) = Site::with_entries(vec![entry(1, "One", "text")]).await;
    for (kind, body) in [
        ("application/x-www-form-urlencoded", ""),
        ("application/x-www-form-urlencoded", "list=nonsense&newest=1"),
        ("application/x-www-form-urlencoded", "list=unread&newest=x"),
        ("application/x-www-form-urlencoded", "list=unread&newest=9223372036854775808"),
        ("application/x-www-form-urlencoded", "{\"list\":\"unread\"}"),
        ("application/json", "{\"list\":\"unread\",\"newest\":\"9\"}"),
        ("multipart/form-data", "list=unread"),
        ("nonsense", "\u{0}"),
    ] {
        let request = Request::post("/mark").header("host", "localhost").header("sec-fetch-site", "same-origin");
        let answer = site.send(request.header("content-type", kind).body(Body::from(body)).unwrap()).await;
        assert!(answer.status.is_client_error(), "{kind} {body}: {}", answer.status);
        answer.shows(&["<h1>"]);
    }
    assert_eq!(site.unread_count().await, 1);
}
