//! Turns: how many, how often, and who is forgotten.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::time::Instant;

use super::server::{Reply, Server};
use super::{FetchConfig, Fetcher, Limits, config, document, feed, problem};
use crate::fetch::politeness::{Politeness, Resting};

/// Short enough for a test, long enough to be measured.
const GAP: Duration = Duration::from_millis(20);
const HOUR: Duration = Duration::from_secs(3_600);

#[tokio::test]
async fn no_more_than_the_given_number_are_in_flight_to_one_host() {
    let politeness = Arc::new(Politeness::new(2));
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let (politeness, now, most) = (Arc::clone(&politeness), Arc::clone(&now), Arc::clone(&most));
            tokio::spawn(async move {
                let _turn = politeness.turn("a.example", 80, Duration::ZERO).await.unwrap();
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                tokio::time::sleep(GAP).await;
                now.fetch_sub(1, Ordering::SeqCst);
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(most.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn starts_keep_their_distance() {
    let politeness = Politeness::new(2);
    let started = Instant::now();
    for _ in 0..5 {
        politeness.turn("a.example", 80, GAP).await.unwrap();
    }
    assert!(started.elapsed() >= 4 * GAP, "{:?}", started.elapsed());
}

#[tokio::test]
async fn other_hosts_and_ports_do_not_wait() {
    let politeness = Politeness::new(1);
    let started = Instant::now();
    let _first = politeness.turn("a.example", 80, HOUR).await.unwrap();
    let _second = politeness.turn("a.example", 443, HOUR).await.unwrap();
    let _third = politeness.turn("b.example", 80, HOUR).await.unwrap();
    assert!(started.elapsed() < HOUR);
}

#[tokio::test]
async fn those_who_wait_hear_of_the_rest_as_well() {
    let politeness = Arc::new(Politeness::new(1));
    let turn = politeness.turn("a.example", 80, Duration::ZERO).await.unwrap();
    let waiting = {
        let politeness = Arc::clone(&politeness);
        tokio::spawn(async move { politeness.turn("a.example", 80, Duration::ZERO).await.map(drop) })
    };
    tokio::task::yield_now().await;
    turn.rest(10 * GAP);
    drop(turn);
    assert!(matches!(waiting.await.unwrap(), Err(Resting(left)) if left <= 10 * GAP));
    tokio::time::sleep(10 * GAP).await;
    assert!(politeness.turn("a.example", 80, Duration::ZERO).await.is_ok());
}

#[tokio::test]
async fn a_host_rests_for_an_hour_at_most() {
    let politeness = Politeness::new(1);
    politeness.turn("a.example", 80, Duration::ZERO).await.unwrap().rest(1_000 * HOUR);
    let Err(Resting(left)) = politeness.turn("a.example", 80, Duration::ZERO).await.map(drop) else {
        panic!("not resting")
    };
    assert!(left <= HOUR && left > HOUR / 2, "{left:?}");
}

#[tokio::test]
async fn idle_hosts_are_forgotten() {
    let politeness = Politeness::new(1);
    for n in 0..10_000 {
        politeness.turn(&format!("{n}.example"), 80, Duration::ZERO).await.unwrap();
    }
    assert!(politeness.len() <= 64, "{}", politeness.len());
}

#[tokio::test]
async fn resting_hosts_are_remembered_up_to_a_bound() {
    let politeness = Politeness::new(1);
    for n in 0..1_000 {
        politeness.turn(&format!("{n}.example"), 80, Duration::ZERO).await.unwrap().rest(HOUR);
    }
    assert!(politeness.turn("0.example", 80, Duration::ZERO).await.is_err());
    for n in 0..10_000 {
        politeness.turn(&format!("{n}.other.example"), 80, Duration::ZERO).await.unwrap().rest(HOUR);
    }
    assert!(politeness.len() <= 4_096, "{}", politeness.len());
}

#[tokio::test]
async fn a_crowd_at_a_slow_host_is_told_to_come_later() {
    let server =
        Server::always(|| Reply::default().wait(Duration::from_millis(600)).then("HTTP/1.1 304 X\r\n\r\n")).await;
    let limits = Limits { queue_time: Duration::from_millis(200), ..config().limits };
    let fetcher = Fetcher::new(FetchConfig { per_host_max: 1, limits, ..config() }).unwrap();
    let (first, url) = (fetcher.clone(), server.url("/first"));
    let first = tokio::spawn(async move { first.get(&feed(&url)).await.map(drop) });
    while server.seen().is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let (kind, sentence) = problem(fetcher.get(&feed(&server.url("/second"))).await);
    assert_eq!(kind, "busy");
    assert_eq!(sentence, "too many requests to `127.0.0.1` are waiting; this one comes later");
    first.await.unwrap().unwrap_err();
}

#[tokio::test]
async fn a_fetch_that_is_dropped_gives_its_place_back() {
    let server = Server::start(|request| match request.path.as_str() {
        "/hang" => Reply::default().wait(Duration::from_secs(60)),
        _ => Reply::ok("<rss/>"),
    })
    .await;
    let fetcher = Fetcher::new(FetchConfig { per_host_max: 1, requests_max: 1, ..config() }).unwrap();
    for _ in 0..3 {
        let hanging = feed(&server.url("/hang"));
        assert!(tokio::time::timeout(Duration::from_millis(50), fetcher.get(&hanging)).await.is_err());
    }
    document(fetcher.get(&feed(&server.url("/"))).await);
}
