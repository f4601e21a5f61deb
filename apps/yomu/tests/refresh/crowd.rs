//! Many feeds on one host: they wait for each other, and nobody waits for them.

use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::time::timeout;
use yomu::jobs::{refresh_forever, refresh_until_done};

use crate::library::{Library, RSS, fetching, item, on_each_database, rss};
use crate::server::Server;

const CROWD: usize = 200;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crowd_at_a_slow_host_keeps_no_other_feed_waiting() {
    const QUICK: usize = 20;
    on_each_database(async |library| {
        // The crowd came first, and is the most overdue.
        let slow = crowd(&library).await;
        for number in 0..QUICK {
            let path = format!("/quick/{number}");
            library.server.put(&path, RSS, rss(&item(1, "One", "text")));
            library.subscribe(&path).await;
        }
        let (sender, mut ended) = mpsc::unbounded_channel();
        let report = move |progress: &yomu::jobs::Progress| drop(sender.send(progress.url.clone()));
        let run = tokio::spawn(refresh_until_done(library.app.clone(), report));
        for _ in 0..QUICK {
            let url = timeout(PATIENCE, ended.recv()).await.expect("the quick ones are not kept waiting").unwrap();
            assert!(url.starts_with(&library.server.url("/quick/")), "{url}");
        }
        assert_eq!(slow.asked_in_all(), 0, "nobody of the crowd was answered yet");
        assert!(slow.arrived() <= fetching().per_host_max, "{} ask at once", slow.arrived());

        slow.release();
        let totals = run.await.unwrap().unwrap();
        assert_eq!((totals.feeds(), totals.failed), ((CROWD + QUICK) as u64, 0));
        assert_eq!(totals.new_entries, (CROWD + QUICK) as u64);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_still_waits_when_the_program_stops_is_free_at_once() {
    on_each_database(async |library| {
        let slow = crowd(&library).await;
        let (stop, stopped) = watch::channel(false);
        let run = tokio::spawn(refresh_forever(library.app.clone(), stopped));
        timeout(PATIENCE, async {
            while slow.arrived() == 0 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        })
        .await
        .expect("the first of the crowd ask");
        stop.send(true).unwrap();
        slow.release();
        run.await.unwrap();

        let done = count_done(&library).await;
        assert!((1..CROWD).contains(&done), "{done} were in work and could end");
        let left = library.app.store.claim_due(1000, 1, Duration::from_secs(60), library.app.now()).await.unwrap();
        assert_eq!(left.len(), CROWD - done, "nobody's lease is left behind");
    })
    .await;
}

/// As long as a test that is about to fail waits.
const PATIENCE: Duration = Duration::from_secs(30);

/// Subscribes to many feeds on a host that does not answer yet.
async fn crowd(library: &Library) -> Server {
    let slow = Server::start().await;
    slow.hold();
    for number in 0..CROWD {
        let path = format!("/slow/{number}");
        slow.put(&path, RSS, rss(&item(1, "One", "text")));
        library.subscribe_to(&slow.url(&path)).await;
    }
    slow
}

async fn count_done(library: &Library) -> usize {
    let all = library.app.store.subscriptions(library.user).await.unwrap();
    all.iter().filter(|one| one.health.checked_at.is_some()).count()
}
