//! Subscribing by the address of a page.

use yomu::actions::add_feed::{AddFeed, Added, add_feed};
use yomu::trouble::ActionError;

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
