//! Asking again: what has not changed costs little, what has is followed.

use yomu_store::View;

use crate::library::{RSS, item, on_each_database, rss};

#[tokio::test]
async fn a_server_with_validators_is_asked_with_them() {
    on_each_database(async |library| {
        let headers =
            "Content-Type: application/rss+xml\r\nETag: \"v1\"\r\nLast-Modified: Mon, 05 Jan 2026 00:00:00 GMT\r\n";
        library.server.put_with("/feed", "200 OK", headers, rss(&item(1, "One", "first")));
        let feed = library.subscribe("/feed").await;
        assert_eq!(library.refresh().await.new_entries, 1);
        assert_eq!(library.refresh().await.unchanged, 1);
        let heads: Vec<String> = library.server.asked("/feed").iter().map(|head| head.to_lowercase()).collect();
        // An icon may be looked for at the feed's own address, without validators.
        assert!(!heads[0].contains("if-none-match"), "{heads:?}");
        let last = heads.last().unwrap();
        assert!(
            last.contains("if-none-match: \"v1\"") && last.contains("if-modified-since: mon, 05 jan 2026"),
            "{last}"
        );
        assert_eq!(library.titles(feed).await, ["One"]);
        assert!(library.feed(feed).await.health.next_check_at.is_some());
    })
    .await;
}

#[tokio::test]
async fn an_unchanged_document_without_validators_brings_nothing() {
    on_each_database(async |library| {
        let feed = library.read("/feed", RSS, rss(&item(1, "One", "first"))).await;
        let before = library.entries(feed).await;
        let totals = library.refresh().await;
        assert_eq!((totals.unchanged, totals.changed, totals.new_entries), (1, 0, 0));
        assert_eq!(library.entries(feed).await, before);
    })
    .await;
}

#[tokio::test]
async fn validators_that_change_are_kept_although_the_document_does_not() {
    on_each_database(async |library| {
        let document = rss(&item(1, "One", "first"));
        let feed = library.read("/feed", RSS, &document).await;
        library.server.put_with("/feed", "200 OK", "ETag: \"v2\"\r\n", &document);
        let asked = library.server.asked("/feed").len();
        for sent in [false, true] {
            assert_eq!(library.refresh().await.unchanged, 1);
            let last = library.server.asked("/feed").pop().unwrap().to_lowercase();
            assert_eq!(last.contains("if-none-match: \"v2\""), sent, "{last}");
        }
        assert_eq!(library.server.asked("/feed").len(), asked + 2);
        assert_eq!(library.titles(feed).await, ["One"]);
    })
    .await;
}

#[tokio::test]
async fn a_changed_entry_keeps_its_marks_and_its_place() {
    on_each_database(async |library| {
        let feed = library.read("/feed", RSS, rss(&(item(2, "Two", "second") + &item(1, "One", "first")))).await;
        let before = library.entries(feed).await;
        let two = &before[0];
        library.app.store.star(library.user, two.id, true, library.app.now()).await.unwrap();
        library.app.store.mark_entries(library.user, &[two.id], false, library.app.now()).await.unwrap();

        library.server.put("/feed", RSS, rss(&(item(2, "Two, corrected", "better") + &item(1, "One", "first"))));
        assert_eq!(library.refresh().await.new_entries, 0);
        let after = library.entries(feed).await;
        assert_eq!((after.len(), after[0].id, after[0].title.as_str()), (2, two.id, "Two, corrected"));
        assert!(library.html(&after[0]).await.contains("better"));
        assert!(after[0].starred && !after[0].unread);
        assert_eq!(after[1], before[1], "the other is as it was");
        assert_eq!(library.list(View::Starred).await.len(), 1);
    })
    .await;
}
