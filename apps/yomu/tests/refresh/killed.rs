//! A program that is killed in the middle of a refresh loses nothing that it had, and leaves nothing by halves.

use std::process::{Command, Stdio};
use std::time::Duration;

use yomu::jobs::refresh_until_done;
use yomu_store::{Store, StoreConfig, View};

use crate::library::{Library, RSS, item, on_each_database_slowly, rss};

const FEEDS: usize = 60;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_kill_the_library_is_whole_and_the_rest_is_fetched_later() {
    on_each_database_slowly(Duration::from_millis(10), async |library| {
        let first = library.read("/first", RSS, rss(&(item(2, "Two", "second") + &item(1, "One", "first")))).await;
        let shown = library.entries(first).await;
        let now = library.app.now();
        library.app.store.star(library.user, shown[0].id, true, now).await.unwrap();
        library.app.store.mark_entries(library.user, &[shown[1].id], false, now).await.unwrap();
        for number in 0..FEEDS {
            let path = format!("/{number}");
            let items: String = (1..=20).rev().map(|day| item(day, &format!("{number}-{day}"), "text")).collect();
            library.server.put(&path, RSS, rss(&items));
            library.subscribe(&path).await;
        }

        let before = library.server.asked_in_all();
        let mut command = Command::new(env!("CARGO_BIN_EXE_yomu"));
        match &library.config {
            StoreConfig::Sqlite(_) => command.env_remove("DATABASE_URL"),
            StoreConfig::Postgres(url) => command.env("DATABASE_URL", url.expose()),
        };
        let mut program = command
            .args(["refresh", "--all"])
            .env("YOMU_DATA", library.folder.path())
            .env("YOMU_ALLOW_NETWORKS", "127.0.0.0/8")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        // In the middle: a third of the feeds was asked for, and nobody can have all of them.
        let deadline = tokio::time::Instant::now() + Duration::from_secs(10);
        while library.server.asked_in_all() < before + FEEDS / 3 {
            assert!(tokio::time::Instant::now() < deadline, "the program asks for its feeds");
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        program.kill().expect("it is still at it");
        assert!(!program.wait().expect("its end").success(), "it was killed before it had ended");

        let store = Store::open(&library.config, library.app.now()).await.expect("the database opens again");
        let entries = whole(&library).await;
        assert!(entries < FEEDS * 20 + 2, "it was killed in the middle");
        let kept = library.entries(first).await;
        let marks: Vec<_> = kept.iter().map(|entry| (entry.title.as_str(), entry.unread, entry.starred)).collect();
        assert_eq!(marks, [("Two", true, true), ("One", false, false)]);

        // The dead program's leases run out by themselves after ten minutes; nobody has to know its token.
        let later = library.app.now() + Duration::from_secs(11 * 60);
        let left = store.claim_due(1000, 1, Duration::from_secs(60), later).await.unwrap();
        assert!(!left.is_empty() && left.len() <= FEEDS + 1, "{} are left", left.len());
        store.release(&left.iter().map(|due| due.lease).collect::<Vec<_>>()).await.unwrap();
        let totals = refresh_until_done(library.app.clone(), |_| {}).await.unwrap();
        assert_eq!((totals.feeds(), totals.failed), (left.len() as u64, 0));
        assert_eq!(whole(&library).await, FEEDS * 20 + 2, "everything is there, once");
    })
    .await;
}

/// Checks that every feed has all of its entries or none, that each has a body, and that counts are those of the lists.
/// Returns how many entries there are.
async fn whole(library: &Library) -> usize {
    let mut total = 0;
    for feed in library.app.store.subscriptions(library.user).await.unwrap() {
        let entries = library.entries(feed.id).await;
        assert!(matches!(entries.len(), 0 | 2 | 20), "{} has {} entries", feed.source.url, entries.len());
        for entry in &entries {
            assert!(!library.html(entry).await.is_empty(), "{}", entry.title);
        }
        total += entries.len();
    }
    assert_eq!(library.list(View::All).await.len(), total);
    total
}
