//! What a reader set for a feed holds when entries arrive.

use yomu_store::{BodyKind, FeedSource, Order, SubscriptionChange, View};

use crate::library::{Library, RSS, item, on_each_database, rss};

#[tokio::test]
async fn rules_drop_mark_and_star_on_arrival() {
    on_each_database(async |library| {
        let feed = library.subscribe("/feed").await;
        change(&library, feed, "drop title contains sponsored\nread title contains weekly\nstar any word 東京", false)
            .await;
        let items = item(4, "東京の話", "散歩")
            + &item(3, "Sponsored", "buy")
            + &item(2, "Weekly links", "many")
            + &item(1, "Plain", "text");
        library.server.put("/feed", RSS, rss(&items));
        library.refresh().await;
        let seen: Vec<_> =
            library.entries(feed).await.into_iter().map(|entry| (entry.title, entry.unread, entry.starred)).collect();
        let expected = [("東京の話", true, true), ("Weekly links", false, false), ("Plain", true, false)];
        assert_eq!(seen, expected.map(|(title, unread, starred)| (title.to_owned(), unread, starred)));
    })
    .await;
}

#[tokio::test]
async fn a_rule_moves_entries_to_the_saved_pages_on_arrival() {
    on_each_database(async |library| {
        let feed = library.subscribe("/feed").await;
        change(&library, feed, "move title contains interview\nread title contains old", false).await;
        let items = item(3, "An interview", "long") + &item(2, "An old interview", "long") + &item(1, "Plain", "text");
        library.server.put("/feed", RSS, rss(&items));
        library.refresh().await;
        let titles = async |view| -> Vec<_> {
            let page = library.app.store.entries(library.user, view, Order::Newest, None, 9).await.unwrap();
            page.entries.into_iter().map(|entry| (entry.title, entry.unread)).collect()
        };
        let saved = [("An interview".to_owned(), true), ("An old interview".to_owned(), false)];
        assert_eq!(titles(View::Saved).await, saved);
        assert_eq!(titles(View::Feed { id: feed, unread_only: false }).await, [("Plain".to_owned(), true)]);

        // What changes in the feed changes where it stands now.
        let items = item(3, "An interview", "longer still") + &item(1, "Plain", "text");
        library.server.put("/feed", RSS, rss(&items));
        library.refresh().await;
        let id =
            library.app.store.entries(library.user, View::Saved, Order::Newest, None, 9).await.unwrap().entries[0].id;
        let body = library.app.store.body(library.user, id, BodyKind::Feed).await.unwrap().unwrap();
        assert!(body.html.contains("longer still"), "{}", body.html);
        assert_eq!(titles(View::Saved).await, saved);
    })
    .await;
}

#[tokio::test]
async fn a_feed_with_full_text_brings_the_article_of_the_page() {
    on_each_database(async |library| {
        let paragraph = "The kestrel hovers over the meadow, and the whole village looks up from its work. ".repeat(12);
        let page = format!(
            "<!doctype html><html lang=en><title>Kestrels</title><body><nav><a href=/>Home</a></nav>\
         <article><h1>Kestrels</h1><p>{paragraph}</p><p>{paragraph}</p></article></body></html>"
        );
        library.server.put("/kestrels", "text/html; charset=utf-8", page);
        let link = library.server.url("/kestrels");
        let items = format!(
            "<item><guid>1</guid><title>Kestrels</title><link>{link}</link><description>Short.</description></item>"
        );
        library.server.put("/feed", RSS, rss(&items));
        let feed = library.subscribe("/feed").await;
        change(&library, feed, "", true).await;
        library.refresh().await;
        let entries = library.entries(feed).await;
        let html = library.html(&entries[0]).await;
        assert!(html.contains("The kestrel hovers") && !html.contains("Home"), "{html}");
        assert_eq!(library.server.asked("/kestrels").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn without_full_text_the_page_is_not_asked() {
    on_each_database(async |library| {
        let link = library.server.url("/kestrels");
        let items = format!(
            "<item><guid>1</guid><title>Kestrels</title><link>{link}</link><description>Short.</description></item>"
        );
        let feed = library.read("/feed", RSS, rss(&items)).await;
        let entries = library.entries(feed).await;
        assert!(library.html(&entries[0]).await.contains("Short."));
        assert_eq!(library.server.asked("/kestrels").len(), 0);
    })
    .await;
}

async fn change(library: &Library, feed: yomu_model::ids::SubscriptionId, rules: &str, full_text: bool) {
    let source = FeedSource::at(library.feed(feed).await.source.url);
    let change = SubscriptionChange { title: None, folder_id: None, full_text, rules: rules.to_owned(), source };
    assert!(library.app.store.change_subscription(library.user, feed, &change, library.app.now()).await.unwrap());
}
