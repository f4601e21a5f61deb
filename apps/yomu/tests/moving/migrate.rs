//! `migrate-to` moves a SQLite file to PostgreSQL as it is.

use yomu_store::{FeedSource, Order, View};

use crate::home::Home;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_whole_database_moves_with_all_users_and_numbers() {
    let Some(to) = Home::empty_postgres().await else { return };
    let from = Home::sqlite().await;
    from.fill().await;
    let now = jiff::Timestamp::now();
    let second = from.store.create_user("second", false, now).await.unwrap().id;
    from.store.subscribe(second, &FeedSource::at("https://example.com/\0feed"), None, None, now).await.unwrap();
    let key = from.store.server_key("a key", [7; 32]).await.unwrap();

    let output = from.run_without_database(&["migrate-to", to.url()]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{output:?}");
    assert!(said.contains("everything was copied and compared; set `DATABASE_URL`"), "{said}");
    assert!(!said.contains("postgres://"), "the address may hold a password");

    let moved = to.open_again().await;
    assert_eq!(moved.user, from.user);
    moved.assert_has(&from.everything());
    let list = async |home: &Home| {
        let page = home.store.entries(home.user, View::Unread, Order::Newest, None, 1000).await.unwrap();
        page.entries.into_iter().map(|entry| (entry.id, entry.title)).collect::<Vec<_>>()
    };
    assert_eq!(list(&moved).await, list(&from).await, "with the same numbers");
    assert_eq!(moved.store.counts(moved.user).await.unwrap(), from.store.counts(from.user).await.unwrap());
    assert_eq!(moved.store.server_key("a key", [0; 32]).await.unwrap(), key);
    for words in ["読書", "東京", "the", "猫", "-the", "is:starred", "\"of the\""] {
        assert_eq!(moved.search(words).await, from.search(words).await, "{words}");
    }
    assert_eq!(moved.store.subscriptions(second).await.unwrap()[0].source.url, "https://example.com/feed");

    // New things get new numbers.
    let source = FeedSource::at("https://example.com/new");
    assert!(moved.store.subscribe(moved.user, &source, None, None, now).await.unwrap().2);
    assert!(moved.store.create_user("third", false, now).await.is_ok());

    let again = from.run_without_database(&["migrate-to", to.url()]);
    let error = String::from_utf8_lossy(&again.stderr).into_owned();
    assert!(!again.status.success());
    assert!(error.starts_with("error: the database is not empty: there are rows in `"), "{error}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_moved_is_one_clear_sentence() {
    let from = Home::sqlite().await;
    for (address, says) in [
        ("mysql://db/x", "error: the address is not one such as `postgres://"),
        (
            "postgres://yomu:hunter2@127.0.0.1:1/yomu",
            "error: no connection to the database: error connecting to server",
        ),
    ] {
        let output = from.run_without_database(&["migrate-to", address]);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && error.starts_with(says), "{error}");
        assert!(!error.contains("hunter2"), "{error}");
    }
    let Some(postgres) = Home::postgres().await else { return };
    let output = postgres.run(&["migrate-to", "postgres://db.example/x"]);
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(error.starts_with("error: this reader is on PostgreSQL already"), "{error}");
}
