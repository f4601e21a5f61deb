//! Feeds that are large, odd or badly written.

use crate::library::{RSS, item, on_each_database, rss};

#[tokio::test]
async fn a_feed_of_twenty_megabytes_is_read() {
    on_each_database(async |library| {
        let padding = format!("<!--{}-->", "x".repeat(20_000_000));
        let feed =
            library.read("/feed", RSS, rss(&(item(2, "Two", "second") + &padding + &item(1, "One", "first")))).await;
        assert_eq!(library.titles(feed).await, ["Two", "One"]);
    })
    .await;
}

#[tokio::test]
async fn of_a_hundred_thousand_entries_the_first_are_kept_and_the_rest_is_told() {
    on_each_database(async |library| {
        let items: String = (0..100_000).map(|number| format!("<item><title>{number}</title></item>")).collect();
        let feed = library.read("/feed", RSS, rss(&items)).await;
        let titles = library.titles(feed).await;
        assert_eq!(titles.len(), yomu_feed::limits::ENTRIES_MAX);
        assert_eq!(titles[..2], ["0", "1"]);
        assert!(library.feed(feed).await.health.problems.is_some());
    })
    .await;
}

#[tokio::test]
async fn entries_that_share_one_guid_are_all_kept() {
    on_each_database(async |library| {
        let items = |titles: &[&str]| -> String {
            let one = |title: &&str| {
                format!("<item><guid>same</guid><title>{title}</title><link>https://example.com/{title}</link></item>")
            };
            rss(&titles.iter().map(one).collect::<String>())
        };
        let feed = library.read("/feed", RSS, items(&["Three", "Two", "One"])).await;
        assert_eq!(library.titles(feed).await, ["Three", "Two", "One"]);
        library.server.put("/feed", RSS, items(&["Four", "Three", "Two", "One"]));
        assert_eq!(library.refresh().await.new_entries, 1);
        assert_eq!(library.titles(feed).await, ["Four", "Three", "Two", "One"]);
    })
    .await;
}

#[tokio::test]
async fn a_date_in_the_future_is_kept_but_does_not_hold_the_top() {
    on_each_database(async |library| {
        let future = "<item><guid>f</guid><title>Soon</title><pubDate>01 Jan 2099 00:00:00 GMT</pubDate></item>";
        let feed = library.read("/feed", RSS, rss(future)).await;
        let soon = library.entries(feed).await.remove(0);
        assert_eq!(soon.published_at.unwrap().to_string(), "2099-01-01T00:00:00Z");
        assert!(soon.cursor.at <= library.app.now().as_millisecond());
        // The next one must come in another millisecond, as it would.
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        let undated = "<item><guid>n</guid><title>Now</title></item>";
        library.server.put("/feed", RSS, rss(&(undated.to_owned() + future)));
        library.refresh().await;
        assert_eq!(library.titles(feed).await, ["Now", "Soon"]);
    })
    .await;
}

#[tokio::test]
async fn without_dates_the_document_says_the_order() {
    on_each_database(async |library| {
        let items: String = ["C", "B", "A"]
            .iter()
            .map(|title| format!("<item><guid>{title}</guid><title>{title}</title></item>"))
            .collect();
        let feed = library.read("/feed", RSS, rss(&items)).await;
        let entries = library.entries(feed).await;
        assert!(entries.iter().all(|entry| entry.published_at.is_none()));
        assert_eq!(library.titles(feed).await, ["C", "B", "A"]);
    })
    .await;
}

#[tokio::test]
async fn with_dates_the_newest_is_on_top_wherever_it_stands() {
    on_each_database(async |library| {
        let items = item(1, "One", "a") + &item(3, "Three", "c") + &item(2, "Two", "b");
        let feed = library.read("/feed", RSS, rss(&items)).await;
        assert_eq!(library.titles(feed).await, ["Three", "Two", "One"]);
    })
    .await;
}

#[tokio::test]
async fn a_feed_in_shift_jis_is_read_by_its_declaration() {
    on_each_database(async |library| {
        let mut document = br#"<?xml version="1.0" encoding="Shift_JIS"?><rss version="2.0"><channel><title>"#.to_vec();
        // 日本語
        let japanese = b"\x93\xfa\x96\x7b\x8c\xea";
        document.extend_from_slice(japanese);
        document.extend_from_slice(b"</title><item><guid>1</guid><title>");
        document.extend_from_slice(japanese);
        document.extend_from_slice(b"</title></item></channel></rss>");
        let feed = library.read("/feed", "text/xml", document).await;
        assert_eq!(library.feed(feed).await.title(), "日本語");
        assert_eq!(library.titles(feed).await, ["日本語"]);
    })
    .await;
}
