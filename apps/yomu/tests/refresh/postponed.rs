//! A host that wants to be left alone is; what is known of its feeds stays as it is.

use crate::library::{RSS, item, on_each_database, rss};

#[tokio::test]
async fn a_feed_whose_host_rests_keeps_its_error_and_is_asked_later() {
    on_each_database(async |library| {
        let fine = library.read("/fine", RSS, rss(&item(1, "One", "first"))).await;
        let broken = library.subscribe("/broken").await;
        assert_eq!(library.refresh().await.failed, 1);
        let (fine_before, before) = (library.feed(fine).await.health, library.feed(broken).await.health);
        assert_eq!(before.error_kind.as_deref(), Some("not_found"));

        // One feed finds out that the host has had enough.
        let busy = library.subscribe("/busy").await;
        library.server.put_with("/busy", "429 Too Many Requests", "Retry-After: 600\r\n", "");
        let id = library.feed(busy).await.id;
        yomu::actions::refresh_now::refresh_feed(&library.app, library.user, id).await.unwrap_err();
        assert_eq!(library.feed(busy).await.health.error_kind.as_deref(), Some("rate_limited"));

        let (asked, now) = (library.server.asked_in_all(), library.app.now());
        let totals = library.refresh().await;
        assert_eq!((totals.postponed, totals.feeds()), (3, 3));
        assert_eq!(library.server.asked_in_all(), asked, "nobody asks now");
        let after = library.feed(broken).await.health;
        let next = after.next_check_at.expect("it is asked again");
        assert!(next.duration_since(now).as_secs() >= 500, "{next}");
        assert_eq!(
            yomu_store::FeedHealth { next_check_at: before.next_check_at, ..after },
            before,
            "nothing else changes"
        );
        let fine_after = library.feed(fine).await.health;
        assert_eq!(
            yomu_store::FeedHealth { next_check_at: None, ..fine_after },
            yomu_store::FeedHealth { next_check_at: None, ..fine_before }
        );
    })
    .await;
}
