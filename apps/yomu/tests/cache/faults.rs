//! Valkey is emptied, killed, and silent. Nothing fails, nothing waits for long, and it is used again by itself.

use std::time::{Duration, Instant};

use tokio::time::timeout;
use yomu::cache::{Budget, Event, Key, Place, Spent};
use yomu_model::ids::UserId;

use crate::server::{Server, settles, there};
use crate::story::{found, keep};

const BUDGET: Budget = Budget { times: 2, within: Duration::from_secs(60) };

fn key(which: &str) -> Key {
    Key::new("test", which)
}

#[tokio::test]
async fn an_emptied_valkey_is_filled_again() {
    let Some(server) = Server::start() else { return };
    let cache = server.cache("home").await;
    keep(&cache, "a", b"value").await;
    assert!(found(&cache, "a").await.is_some());
    cache.spend(key("n"), BUDGET).await;
    cache.spend(key("n"), BUDGET).await;

    assert!(server.say("FLUSHALL").starts_with("+OK"));
    assert_eq!(found(&cache, "a").await, None);
    assert!(matches!(cache.spend(key("n"), BUDGET).await, Spent::Exceeded { .. }), "this process has counted, too");
    keep(&cache, "a", b"value").await;
    assert!(found(&cache, "a").await.is_some());
    assert_eq!(cache.place(), Place::Valkey);
}

#[tokio::test]
async fn a_killed_valkey_is_done_without_and_used_again_when_it_is_back() {
    let Some(mut server) = Server::start() else { return };
    let cache = server.cache("home").await;
    keep(&cache, "a", b"value").await;
    cache.spend(key("n"), BUDGET).await;
    let mut listener = cache.listen();

    server.kill();
    settles(&cache, Place::Away).await;
    let started = Instant::now();
    for _ in 0..100 {
        assert_eq!(found(&cache, "a").await, None);
        cache.forget(key("a")).await;
        cache.publish(Event::Changed(UserId::new(1))).await;
    }
    assert!(started.elapsed() < Duration::from_millis(200), "{:?} for 300 questions", started.elapsed());
    timeout(Duration::from_secs(1), listener.changed(UserId::new(1))).await.expect("this process hears itself");
    assert_eq!(cache.spend(key("n"), BUDGET).await, Spent::Within, "counted here: the second");
    assert!(matches!(cache.spend(key("n"), BUDGET).await, Spent::Exceeded { .. }));
    listener.skip();

    server.start_again();
    there(&cache).await;
    assert_eq!(timeout(Duration::from_secs(10), listener.next()).await, Ok(Event::Missed), "others may have spoken");
    keep(&cache, "a", b"new").await;
    assert_eq!(found(&cache, "a").await.as_deref(), Some(&b"new"[..]));
}

#[tokio::test]
async fn a_silent_valkey_costs_three_short_waits_and_no_more() {
    let Some(server) = Server::start() else { return };
    let cache = server.cache("home").await;
    keep(&cache, "a", b"value").await;
    assert!(found(&cache, "a").await.is_some());

    server.freeze();
    let started = Instant::now();
    for _ in 0..50 {
        assert_eq!(found(&cache, "a").await, None);
    }
    let took = started.elapsed();
    assert!(took < Duration::from_millis(800), "{took:?} for 50 look-ups, each of which may take 100 ms");
    settles(&cache, Place::Away).await;
    // Changed in the meantime, which the silent server does not know.
    cache.forget(key("a")).await;

    server.thaw();
    there(&cache).await;
    assert_eq!(found(&cache, "a").await, None, "what was kept before is forgotten before anything is read");
    keep(&cache, "a", b"new").await;
    assert!(found(&cache, "a").await.is_some());
}

#[tokio::test]
async fn a_short_silence_is_waited_out() {
    let Some(server) = Server::start() else { return };
    let cache = server.cache("home").await;
    keep(&cache, "a", b"value").await;
    assert!(found(&cache, "a").await.is_some());
    server.freeze();
    let asked = found(&cache, "a");
    let thawed = async {
        tokio::time::sleep(Duration::from_millis(40)).await;
        server.thaw();
    };
    let (asked, ()) = tokio::join!(asked, thawed);
    assert!(asked.is_some(), "an answer after 40 ms is an answer");
    assert_eq!(cache.place(), Place::Valkey);
}

#[tokio::test]
async fn something_else_on_the_port_is_no_valkey() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = tokio::io::AsyncWriteExt::write_all(&mut stream, b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        }
    });
    let address = yomu::cache::ValkeyAddress::parse(&format!("redis://127.0.0.1:{port}")).unwrap();
    let cache = yomu::cache::Cache::in_valkey(address, "home");
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(cache.place(), Place::Away);
    assert_eq!(found(&cache, "a").await, None);
}
