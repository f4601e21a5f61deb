//! Passwords of feeds: sealed in the database, said to the feed's server and to nobody else.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use yomu::actions::add_feed::{AddFeed, Added, add_feed};
use yomu::actions::change_feed::{FeedChange, change_feed_partly};
use yomu::actions::export_archive::export_archive;
use yomu::actions::import_archive::import_archive;
use yomu::jobs::seal_passwords;
use yomu_model::ids::SubscriptionId;
use yomu_model::secret::Secret;
use yomu_store::{Credentials, FeedSource};

use crate::library::{Library, RSS, item, on_each_database, rss};

const PASSWORD: &str = "swordfish 鍵";

fn credentials(password: &str) -> Credentials {
    Credentials { username: "ann".to_owned(), password: Secret::new(password) }
}

fn with_secret(library: Library, secret: &str) -> Library {
    Library { app: library.app.clone().with_secret(Secret::new(secret)), ..library }
}

/// The password as it lies in the database.
async fn stored(library: &Library, feed: SubscriptionId) -> String {
    library.feed(feed).await.source.credentials.expect("a password").password.expose().to_owned()
}

/// The last request for the feed said this password.
fn said(library: &Library, password: &str) -> bool {
    let basic = STANDARD.encode(format!("ann:{password}"));
    // Its icon is looked for at the same address, as a page and without a password.
    let asked = library.server.asked("/feed");
    let last = asked.iter().rfind(|head| head.contains("application/atom+xml"));
    last.is_some_and(|head| head.contains(&format!("Basic {basic}")))
}

#[tokio::test]
async fn a_password_is_sealed_and_its_feed_is_read() {
    on_each_database(async |library| {
        let library = with_secret(library, "one secret");
        library.server.put("/feed", RSS, rss(&item(1, "One", "text")));
        let url = library.server.url("/feed");
        let add = AddFeed { address: &url, folder: None, credentials: Some(credentials(PASSWORD)) };
        let Added::Subscribed { id, .. } = add_feed(&library.app, library.user, add).await.unwrap() else {
            panic!("it is a feed")
        };
        assert!(said(&library, PASSWORD));
        let sealed = stored(&library, id).await;
        assert!(sealed.starts_with("sealed:1:") && !sealed.contains("swordfish"), "{sealed}");
        assert_eq!(library.refresh().await.failed, 0);
        assert!(said(&library, PASSWORD));

        // Another setting leaves the password as it is; a new one replaces it.
        let title = FeedChange { title: Some("Mine".to_owned()), ..FeedChange::default() };
        change_feed_partly(&library.app, library.user, id, title).await.unwrap();
        assert_eq!(stored(&library, id).await, sealed);
        let password = FeedChange { password: Some(Secret::new("new")), ..FeedChange::default() };
        change_feed_partly(&library.app, library.user, id, password).await.unwrap();
        library.refresh().await;
        assert!(said(&library, "new"));
    })
    .await;
}

#[tokio::test]
async fn when_the_secret_changes_the_password_is_asked_for_again() {
    on_each_database(async |library| {
        let library = with_secret(library, "one secret");
        library.server.put("/feed", RSS, rss(&item(1, "One", "text")));
        let source =
            FeedSource { credentials: Some(credentials(PASSWORD)), ..FeedSource::at(library.server.url("/feed")) };
        let now = library.app.now();
        let (id, ..) = library.app.store.subscribe(library.user, &source, None, None, now).await.unwrap();
        seal_passwords(library.app.clone()).await;

        let library = with_secret(library, "another secret");
        assert_eq!(library.refresh().await.failed, 1);
        let health = library.feed(id).await.health;
        assert_eq!(health.error_kind.as_deref(), Some("password_lost"));
        assert!(health.error_text.unwrap().contains("type it again in the settings"));
        assert!(library.server.asked("/feed").is_empty(), "a feed is not asked with a wrong password");

        let again = FeedChange { password: Some(Secret::new(PASSWORD)), ..FeedChange::default() };
        change_feed_partly(&library.app, library.user, id, again).await.unwrap();
        assert_eq!(library.refresh().await.failed, 0);
        assert!(said(&library, PASSWORD));
    })
    .await;
}

#[tokio::test]
async fn passwords_of_before_are_sealed_once() {
    on_each_database(async |library| {
        library.server.put("/feed", RSS, rss(&item(1, "One", "text")));
        let source =
            FeedSource { credentials: Some(credentials(PASSWORD)), ..FeedSource::at(library.server.url("/feed")) };
        let now = library.app.now();
        let (id, ..) = library.app.store.subscribe(library.user, &source, None, None, now).await.unwrap();
        library.subscribe("/public").await;
        seal_passwords(library.app.clone()).await;
        assert_eq!(stored(&library, id).await, PASSWORD, "without any key it stays plain");

        let library = with_secret(library, "one secret");
        assert_eq!(library.refresh().await.failed, 1, "the public one is missing; the plain password is good");
        assert!(said(&library, PASSWORD));
        seal_passwords(library.app.clone()).await;
        let sealed = stored(&library, id).await;
        assert!(sealed.starts_with("sealed:1:"));
        seal_passwords(library.app.clone()).await;
        assert_eq!(stored(&library, id).await, sealed);
        library.refresh().await;
        assert!(said(&library, PASSWORD));
    })
    .await;
}

#[tokio::test]
async fn an_archive_carries_passwords_from_one_key_to_another() {
    on_each_database(async |library| {
        let other = with_secret(library.another().await, "another secret");
        let library = with_secret(library, "one secret");
        let source =
            FeedSource { credentials: Some(credentials(PASSWORD)), ..FeedSource::at(library.server.url("/feed")) };
        library.app.store.subscribe(library.user, &source, None, None, library.app.now()).await.unwrap();
        seal_passwords(library.app.clone()).await;

        let user = library.app.store.user(library.user).await.unwrap().unwrap();
        let mut archive = Vec::new();
        export_archive(&library.app, &user, &mut archive, |_| {}).await.unwrap();
        import_archive(&other.app, other.user, archive.as_slice(), |_| {}).await.unwrap();
        let feed = other.app.store.subscriptions(other.user).await.unwrap()[0].id;
        assert!(stored(&other, feed).await.starts_with("sealed:1:"));
        library.server.put("/feed", RSS, rss(&item(1, "One", "text")));
        assert_eq!(other.refresh().await.failed, 0);
        assert!(said(&library, PASSWORD));
    })
    .await;
}
