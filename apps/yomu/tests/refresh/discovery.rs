//! Subscribing by the address of a page, and finding a feed again.

use yomu::actions::add_feed::{AddFeed, Added, add_feed};
use yomu::actions::change_feed::{FeedChange, change_feed_partly};
use yomu::actions::find_address::{NewAddress, find_address, use_address};
use yomu::trouble::ActionError;
use yomu_model::ids::SubscriptionId;
use yomu_model::secret::Secret;
use yomu_store::FeedSource;

use crate::library::{Library, RSS, item, on_each_database, rss};

#[tokio::test]
async fn the_one_feed_of_a_page_is_subscribed_to_and_read() {
    on_each_database(async |library| {
        library.server.put("/", "text/html", page(&["/feed"]));
        library.server.put("/feed", RSS, rss(&item(1, "One", "first")));
        let Added::Subscribed { id, is_new } = add(&library, "/").await.unwrap() else { panic!("one feed, no choice") };
        assert!(is_new);
        assert_eq!(library.feed(id).await.source.url, library.server.url("/feed"));
        assert_eq!(library.titles(id).await, ["One"]);
        assert_eq!(add(&library, "/feed").await.unwrap(), Added::Subscribed { id, is_new: false });
    })
    .await;
}

#[tokio::test]
async fn several_feeds_of_a_page_are_a_choice() {
    on_each_database(async |library| {
        library.server.put("/", "text/html", page(&["/posts", "/comments"]));
        let Added::Choose(choices) = add(&library, "/").await.unwrap() else { panic!("two feeds") };
        let urls: Vec<String> = choices.into_iter().map(|choice| choice.url).collect();
        assert_eq!(urls, [library.server.url("/posts"), library.server.url("/comments")]);
        assert!(library.app.store.subscriptions(library.user).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_page_without_a_feed_says_so() {
    on_each_database(async |library| {
        library.server.put("/", "text/html", page(&[]));
        let Err(ActionError::Trouble(trouble)) = add(&library, "/").await else { panic!("there is no feed") };
        assert_eq!(trouble.kind, "no_feed");
        assert!(trouble.text.contains("no feed was found"), "{trouble}");
        assert!(library.app.store.subscriptions(library.user).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_feed_that_moved_is_found_where_it_is_now() {
    on_each_database(async |library| {
        let id = library.read("/old", RSS, rss(&item(1, "One", "first"))).await;
        library.server.put("/old", "text/html", page(&["/new"]));
        library.server.put("/new", RSS, rss(&item(2, "Two", "second")));
        assert_eq!(library.refresh().await.failed, 1);
        assert_eq!(library.app.store.counts(library.user).await.unwrap().1, 1);
        assert_eq!(find(&library, id).await.unwrap(), NewAddress::Used);
        let feed = library.feed(id).await;
        assert_eq!((feed.source.url, feed.health.error_count), (library.server.url("/new"), 0));
        assert_eq!(library.titles(id).await, ["Two", "One"], "what was there before stays");
    })
    .await;
}

#[tokio::test]
async fn the_front_door_is_asked_when_nothing_is_left_at_the_address() {
    on_each_database(async |library| {
        let id = library.read("/old", RSS, rss("")).await;
        library.server.put_with("/old", "410 Gone", "", "");
        library.server.put("/", "text/html", page(&["/posts", "/comments"]));
        library.server.put("/posts", RSS, rss(&item(1, "One", "first")));
        library.refresh().await;
        let Ok(NewAddress::Choose(feeds)) = find(&library, id).await else { panic!("two feeds") };
        assert_eq!(feeds[0].url, library.server.url("/posts"));
        use_address(&library.app, library.user, id, &feeds[0].url).await.unwrap();
        assert_eq!(library.titles(id).await, ["One"]);
    })
    .await;
}

#[tokio::test]
async fn a_feed_that_is_well_again_stays_where_it_is_and_a_lost_one_says_so() {
    on_each_database(async |library| {
        let id = library.read("/feed", RSS, rss("")).await;
        library.server.put_with("/feed", "404 Not Found", "", "");
        library.refresh().await;
        let Err(ActionError::Trouble(trouble)) = find(&library, id).await else { panic!("there is none") };
        assert_eq!(trouble.kind, "no_new_address");
        library.server.put("/feed", RSS, rss(&item(1, "One", "first")));
        assert_eq!(find(&library, id).await.unwrap(), NewAddress::Same);
        assert_eq!(library.titles(id).await, ["One"]);
    })
    .await;
}

#[tokio::test]
async fn a_password_is_not_taken_along_to_another_host() {
    on_each_database(async |library| {
        library.server.put("/feed", RSS, rss(""));
        let id = library.subscribe("/feed").await;
        let given = FeedChange {
            username: Some("ann".to_owned()),
            password: Some(Secret::new("swordfish")),
            ..FeedChange::default()
        };
        change_feed_partly(&library.app, library.user, id, given).await.unwrap();
        library.server.put("/moved", RSS, rss(""));
        use_address(&library.app, library.user, id, &library.server.url("/moved")).await.unwrap();
        assert!(library.feed(id).await.source.credentials.is_some(), "it is the same host");
        let elsewhere = library.server.url("/moved").replace("127.0.0.1", "127.0.0.2");
        let _ = use_address(&library.app, library.user, id, &elsewhere).await;
        assert_eq!(library.feed(id).await.source, FeedSource::at(elsewhere));
    })
    .await;
}

async fn find(library: &Library, id: SubscriptionId) -> Result<NewAddress, ActionError> {
    find_address(&library.app, library.user, id).await
}

async fn add(library: &Library, path: &str) -> Result<Added, ActionError> {
    let address = library.server.url(path);
    add_feed(&library.app, library.user, AddFeed { address: &address, folder: None, credentials: None }).await
}

fn page(feeds: &[&str]) -> String {
    let link =
        |path: &&str| format!(r#"<link rel="alternate" type="application/rss+xml" title="{path}" href="{path}">"#);
    let links: String = feeds.iter().map(link).collect();
    format!("<!doctype html><html><head><title>Home</title>{links}</head><body><p>Hello</p></body></html>")
}
