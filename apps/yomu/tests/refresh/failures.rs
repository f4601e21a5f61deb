//! What cannot be fetched or read ends in a sentence, and leaves the rest of the library alone.

use yomu::App;
use yomu::fetch::FetchConfig;
use yomu::jobs::refresh_until_done;

use crate::library::{RSS, item, on_each_database, rss};

#[tokio::test]
async fn each_failure_is_a_sentence_and_harms_nothing_else() {
    on_each_database(async |library| {
        let good = library.read("/good", RSS, rss(&item(1, "One", "first"))).await;
        let server = &library.server;
        let closed = {
            // A port that was free a moment ago.
            let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
            format!("http://{}/feed", listener.local_addr().unwrap())
        };
        server.put_with("/gone", "410 Gone", "", "");
        server.put_with("/broken", "500 Internal Server Error", "", "");
        server.put_with("/loop", "302 Found", "Location: /loop\r\n", "");
        server.put("/html", "text/html", "<!doctype html><html><title>A page</title><p>Hello</p></html>");
        server.put("/empty", RSS, "");
        server.put("/blank", RSS, " \n ");
        server.put("/begun", RSS, "<rss version='2.0'><channel><title>Half a");
        server.put("/words", "text/plain", "Come back soon");
        server.put("/large", RSS, vec![b' '; 33 * 1024 * 1024]);

        let cases = [
            (closed, "refused", "refuses connections"),
            (server.url("/missing"), "not_found", "has nothing at this address (404)"),
            (server.url("/gone"), "gone", "gone for good (410)"),
            (server.url("/broken"), "server_error", "has a problem (500)"),
            (server.url("/loop"), "redirect_loop", "redirects in a circle"),
            (server.url("/html"), "html", "page"),
            (server.url("/empty"), "empty", "empty"),
            (server.url("/blank"), "empty", "empty"),
            (server.url("/begun"), "cut_off", "breaks off in line 1"),
            (server.url("/words"), "text", "text"),
            (server.url("/large"), "too_large", "larger than"),
        ];
        let mut ids = Vec::new();
        for (url, kind, words) in &cases {
            ids.push((library.subscribe_to(url).await, *kind, *words));
        }
        server.put("/good", RSS, rss(&(item(2, "Two", "second") + &item(1, "One", "first"))));
        let totals = library.refresh().await;
        assert_eq!((totals.failed, totals.changed, totals.new_entries), (cases.len() as u64, 1, 1));

        for (id, kind, words) in ids {
            let health = library.feed(id).await.health;
            let text = health.error_text.unwrap_or_default();
            assert_eq!(health.error_kind.as_deref(), Some(kind), "{text}");
            assert!(text.contains(words), "{kind}: {text}");
            assert_eq!(health.error_count, 1, "{kind}");
            assert!(health.error_since.is_some() && health.checked_at.is_some(), "{kind}");
            assert_eq!(health.next_check_at.is_none(), kind == "gone", "{kind}: only what is gone is asked no more");
            assert!(library.entries(id).await.is_empty(), "{kind}");
        }
        assert_eq!(library.titles(good).await, ["Two", "One"]);
        assert_eq!(library.feed(good).await.health.error_text, None);
    })
    .await;
}

#[tokio::test]
async fn a_feed_that_fails_keeps_its_entries_and_recovers() {
    on_each_database(async |library| {
        let feed = library.read("/feed", RSS, rss(&item(1, "One", "first"))).await;
        library.server.put_with("/feed", "500 Internal Server Error", "", "");
        for count in 1..=2 {
            assert_eq!(library.refresh().await.failed, 1);
            assert_eq!(library.feed(feed).await.health.error_count, count);
            assert_eq!(library.titles(feed).await, ["One"]);
        }
        library.server.put("/feed", RSS, rss(&(item(2, "Two", "second") + &item(1, "One", "first"))));
        assert_eq!(library.refresh().await.new_entries, 1);
        let health = library.feed(feed).await.health;
        assert_eq!((health.error_count, health.error_kind, health.error_text), (0, None, None));
        assert_eq!(library.titles(feed).await, ["Two", "One"]);
    })
    .await;
}

#[tokio::test]
async fn a_document_that_breaks_off_takes_nothing_away_and_is_asked_for_again() {
    on_each_database(async |library| {
        let validator = "Content-Type: application/rss+xml\r\nETag: \"v1\"\r\n";
        let whole = rss(&(item(2, "Two", "second") + &item(1, "One", "first")));
        let feed = library.read("/feed", RSS, rss(&item(1, "One", "first"))).await;
        let before = library.feed(feed).await.title().to_owned();

        library.server.put_with("/feed", "200 OK", validator, "<rss version='2.0'><chan");
        assert_eq!(library.refresh().await.failed, 1);
        assert_eq!(library.feed(feed).await.title(), before);
        assert_eq!(library.titles(feed).await, ["One"]);

        // The same document, first without its end and then, at the next check, in full.
        let end = whole.find("</item>").unwrap() + "</item>".len();
        library.server.put_with("/feed", "200 OK", validator, &whole[..end]);
        assert_eq!(library.refresh().await.new_entries, 1);
        let problems = library.feed(feed).await.health.problems.unwrap();
        assert!(problems.contains("breaks off"), "{problems}");
        library.server.put_with("/feed", "200 OK", validator, &whole);
        assert_eq!(library.refresh().await.changed, 1, "it was asked for in full, and not called unchanged");
        assert_eq!(library.feed(feed).await.health.problems, None);
        assert_eq!(library.titles(feed).await, ["Two", "One"]);
    })
    .await;
}

#[tokio::test]
async fn a_private_address_is_never_asked() {
    on_each_database(async |library| {
        library.server.put("/feed", RSS, rss(&item(1, "One", "first")));
        let feed = library.subscribe("/feed").await;
        let careful = App::new(library.app.store.clone(), FetchConfig::default()).unwrap();
        let totals = refresh_until_done(careful, |_| {}).await.unwrap();
        assert_eq!(totals.failed, 1);
        let health = library.feed(feed).await.health;
        assert_eq!(health.error_kind.as_deref(), Some("private_address"));
        assert!(health.error_text.unwrap().contains("not a public address (loopback, RFC 1122)"));
        assert_eq!(library.server.asked_in_all(), 0);
    })
    .await;
}
