//! `migrate-to` moves a SQLite file to PostgreSQL as it is.

use std::process::Output;

use rusqlite::Connection;
use yomu_store::{FeedSource, Order, View};

use crate::home::Home;

/// The lock under which every yomu makes its tables.
const MIGRATING: &str = "pg_advisory_lock(2037345653)";

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
    assert!(error.starts_with("error: the new database is not empty: there are rows in `"), "{error}");
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
        ("postgres://yomu:hunter2@db:port/yomu", "error: the address of the new database cannot be understood: "),
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_of_another_program_is_refused_and_stays_as_it_is() {
    let Some(to) = Home::empty_postgres().await else { return };
    for (change, says) in [
        (
            "INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES (999, 'later', 0, 0);
             INSERT INTO schema_program (number, version) VALUES (999, '9.8.7')",
            "has schema 999, but this program (0.1.0) knows schemas up to",
        ),
        ("DELETE FROM schema_migration WHERE number > 1", "has schema 1, and this program (0.1.0) works with"),
        ("DROP TABLE schema_migration", "is no database of yomu"),
        ("CREATE TABLE half_done (id INTEGER PRIMARY KEY)", "nobody knows how `half_done` is moved"),
        ("CREATE VIRTUAL TABLE other_search USING fts5 (words)", "nobody knows how `other_search` is moved"),
    ] {
        let from = Home::sqlite().await;
        let file = from.path("yomu.sqlite3");
        Connection::open(&file).unwrap().execute_batch(change).unwrap();
        let before = schema(&file);
        let output = from.run_without_database(&["migrate-to", to.url()]);
        assert_refused(&output, says);
        assert_eq!(schema(&file), before, "{says}");
    }
    let text = Home::sqlite().await;
    for (name, content) in [("yomu.sqlite3", "no database"), ("yomu.sqlite3-wal", ""), ("yomu.sqlite3-shm", "")] {
        std::fs::write(text.path(name), content).unwrap();
    }
    assert_refused(&text.run_without_database(&["migrate-to", to.url()]), "file is not a database");
    assert_eq!(to.tables().await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_of_another_program_is_refused_and_stays_as_it_is() {
    let Some(to) = Home::empty_postgres().await else { return };
    to.client().await.batch_execute("CREATE TABLE entry (id BIGINT)").await.unwrap();
    let output = Home::sqlite().await.run_without_database(&["migrate-to", to.url()]);
    assert_refused(&output, "the new database has tables of another program, such as `entry`; give one of its own");
    assert_eq!(to.tables().await, ["entry"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_interrupted_move_leaves_nothing_and_is_begun_again() {
    let Some(to) = Home::empty_postgres().await else { return };
    let from = Home::sqlite().await;
    from.fill().await;
    let client = to.client().await;
    client.batch_execute(&format!("SELECT {MIGRATING}")).await.unwrap();
    let mut moving = from.start_without_database(&["migrate-to", to.url()]);
    to.wait_until("wait_event = 'advisory'").await;
    moving.kill().unwrap();
    moving.wait().unwrap();
    drop(client);
    to.wait_until("NOT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND database = datid)").await;
    assert_eq!(to.tables().await, Vec::<String>::new());

    let output = from.run_without_database(&["migrate-to", to.url()]);
    assert!(output.status.success(), "{output:?}");
    to.open_again().await.assert_has(&from.everything());
}

fn assert_refused(output: &Output, says: &str) {
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && error.contains(says), "{says}: {error}");
    assert!(error.contains("nothing was moved: the new database and `"), "{error}");
}

fn schema(file: &str) -> Vec<String> {
    let connection = Connection::open(file).unwrap();
    let mut select = connection.prepare("SELECT COALESCE(sql, name) FROM sqlite_schema ORDER BY name").unwrap();
    select.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}
