//! Being told to stop.

use std::time::Duration;

use tokio::io::AsyncWriteExt as _;
use yomu_model::secret::Secret;
use yomu_store::{FeedSource, Store, StoreConfig};

use crate::process::{Process, client, eventually, new_database, status};
use crate::server::Server as Feeds;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_lets_pages_end_and_leaves_who_never_ends() {
    let mut process = Process::start(&["serve"], &[]);
    process.ready().await;
    let mut stream = client().get(process.url("/events")).send().await.expect("a stream");
    assert!(stream.chunk().await.expect("an event").is_some());
    process.terminate();
    let (took, went_well) = process.end().await;
    assert!(went_well && took < Duration::from_secs(3), "{took:?}, with a page that listens");

    let mut process = Process::start(&["serve"], &[]);
    process.ready().await;
    let address = process.url("").trim_start_matches("http://").to_owned();
    let mut slow = tokio::net::TcpStream::connect(&address).await.expect("it listens");
    let half = b"POST /mark HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n\
                 Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nview=";
    slow.write_all(half).await.expect("it hears");
    tokio::time::sleep(Duration::from_millis(200)).await;
    process.terminate();
    eventually("no new visitors", async || status(&process.url("/healthz")).await.is_none()).await;
    let (took, went_well) = process.end().await;
    assert!(went_well && took < Duration::from_secs(10), "{took:?}, with somebody who never ends");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_gives_its_leases_back() {
    let Some(url) = new_database().await else { return };
    let store = Store::open(&StoreConfig::Postgres(Secret::new(url.clone())), jiff::Timestamp::now()).await.unwrap();
    let user = store.local_user(jiff::Timestamp::now()).await.unwrap().id;
    let feeds = Feeds::start().await;
    feeds.hold();
    for number in 0..20 {
        let source = FeedSource::at(feeds.url(&format!("/{number}")));
        store.subscribe(user, &source, None, None, jiff::Timestamp::now()).await.unwrap();
    }
    let mut worker = Process::start(&["worker"], &[("DATABASE_URL", url.as_str())]);
    eventually("it is at work", async || feeds.arrived() > 0).await;
    assert!(store.queue(jiff::Timestamp::now()).await.unwrap().in_work > 0);
    worker.terminate();
    let (took, went_well) = worker.end().await;
    assert!(went_well && took < Duration::from_secs(10), "{took:?}");
    let queue = store.queue(jiff::Timestamp::now()).await.unwrap();
    assert_eq!((queue.in_work, queue.waiting), (0, 20), "others may go on at once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_waits_for_the_database_can_be_stopped() {
    let nobody = format!("postgres://yomu@127.0.0.1:{}/yomu", crate::port::free_port());
    for arguments in [&["serve"][..], &["worker"]] {
        let mut process = Process::start(arguments, &[("DATABASE_URL", nobody.as_str())]);
        eventually("it waits", async || status(&process.numbers_url("/healthz")).await == Some(200)).await;
        process.terminate();
        let (took, went_well) = process.end().await;
        assert!(went_well && took < Duration::from_secs(8), "{took:?}");
    }
}
