//! Feeds that say where they moved to.

use yomu_store::View;

use crate::library::{Library, RSS, item, on_each_database, rss};

const MOVED: &str = "301 Moved Permanently";

#[tokio::test]
async fn a_permanent_redirect_is_remembered_and_a_temporary_one_is_not() {
    on_each_database(async |library| {
        library.server.put("/new", RSS, rss(&item(1, "One", "first")));
        library.server.put_with("/old", MOVED, "Location: /new\r\n", "");
        library.server.put_with("/detour", "302 Found", "Location: /elsewhere\r\n", "");
        library.server.put("/elsewhere", RSS, rss(&item(2, "Two", "second")));
        let (moved, same) = (library.subscribe("/old").await, library.subscribe("/detour").await);
        assert_eq!(library.refresh().await.new_entries, 2);
        assert_eq!(library.feed(moved).await.source.url, library.server.url("/new"));
        assert_eq!(library.feed(same).await.source.url, library.server.url("/detour"));
        let asked = library.server.asked("/old").len();
        library.refresh().await;
        assert_eq!(library.server.asked("/old").len(), asked, "the old address is left alone");
    })
    .await;
}

#[tokio::test]
async fn a_move_without_news_is_remembered_too() {
    // With a validator the new address answers 304, without one it sends the same document again.
    for headers in ["ETag: \"v1\"\r\n", ""] {
        on_each_database(async |library| {
            let document = rss(&item(1, "One", "first"));
            library.server.put_with("/old", "200 OK", headers, &document);
            let feed = library.subscribe("/old").await;
            assert_eq!(library.refresh().await.new_entries, 1);

            library.server.put_with("/new", "200 OK", headers, &document);
            library.server.put_with("/old", MOVED, "Location: /new\r\n", "");
            let totals = library.refresh().await;
            assert_eq!((totals.unchanged, totals.failed, totals.new_entries), (1, 0, 0));
            assert_eq!(library.feed(feed).await.source.url, library.server.url("/new"));
            assert_eq!(library.titles(feed).await, ["One"]);
        })
        .await;
    }
}

#[tokio::test]
async fn a_move_to_a_page_that_is_no_feed_is_not_remembered() {
    on_each_database(async |library| {
        let feed = library.read("/old", RSS, rss(&item(1, "One", "first"))).await;
        library.server.put("/sold", "text/html", "<!doctype html><title>This domain is for sale</title>");
        library.server.put_with("/old", MOVED, "Location: /sold\r\n", "");
        assert_eq!(library.refresh().await.failed, 1);
        assert_eq!(library.feed(feed).await.source.url, library.server.url("/old"));
    })
    .await;
}

#[tokio::test]
async fn two_feeds_that_turn_out_to_be_one_become_one() {
    on_each_database(async |library| {
        let document = rss(&(item(2, "Two", "second") + &item(1, "One", "first")));
        let older = library.read("/old", RSS, &document).await;
        library.read("/new", RSS, &document).await;
        mark(&library).await;

        library.server.put_with("/old", MOVED, "Location: /new\r\n", "");
        assert_eq!(library.refresh().await.failed, 0);
        let left = library.app.store.subscriptions(library.user).await.unwrap();
        assert_eq!(left.iter().map(|one| one.id).collect::<Vec<_>>(), [older], "the older one is kept");
        assert_eq!(left[0].source.url, library.server.url("/new"));
        let entries = library.entries(older).await;
        let marks: Vec<_> = entries.iter().map(|one| (one.title.as_str(), one.unread, one.starred)).collect();
        assert_eq!(marks, [("Two", true, true), ("One", false, false)]);

        library.server.put("/new", RSS, rss(&(item(3, "Three", "third") + &item(2, "Two", "second"))));
        let totals = library.refresh().await;
        assert_eq!((totals.feeds(), totals.new_entries), (1, 1));
        assert_eq!(library.titles(older).await, ["Three", "Two", "One"]);
    })
    .await;
}

/// Of the two copies of each entry, reads one of the first and stars one of the second.
async fn mark(library: &Library) {
    let all = library.list(View::All).await;
    let of = |title: &str| all.iter().find(|entry| entry.title == title).unwrap().id;
    library.app.store.mark_entries(library.user, &[of("One")], false, library.app.now()).await.unwrap();
    assert!(library.app.store.star(library.user, of("Two"), true, library.app.now()).await.unwrap());
}
