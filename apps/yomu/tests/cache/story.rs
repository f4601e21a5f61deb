//! The same story in memory and in Valkey; and what replicas see of each other.

use std::time::Duration;

use tokio::time::{sleep, timeout};
use yomu::cache::{Budget, Cache, Event, Found, Key, Spent, Ticket};
use yomu_model::ids::UserId;

use crate::server::Server;

const MINUTE: Duration = Duration::from_secs(60);

fn key(which: &str) -> Key {
    Key::new("test", which)
}

pub(crate) async fn found(cache: &Cache, which: &str) -> Option<Vec<u8>> {
    match cache.look_up(key(which)).await {
        Found::Value(value) => Some(value),
        Found::Missing(_) => None,
    }
}

pub(crate) async fn ticket(cache: &Cache, which: &str) -> Ticket {
    match cache.look_up(key(which)).await {
        Found::Missing(ticket) => ticket,
        Found::Value(value) => panic!("{which} is there: {value:?}"),
    }
}

pub(crate) async fn keep(cache: &Cache, which: &str, value: &[u8]) {
    let ticket = ticket(cache, which).await;
    cache.keep(ticket, value, MINUTE);
}

async fn on_each_cache(story: impl AsyncFn(Cache)) {
    story(Cache::in_memory()).await;
    if let Some(server) = Server::start() {
        story(server.cache("story").await).await;
    }
}

#[tokio::test]
async fn what_was_kept_is_found_until_it_is_forgotten() {
    on_each_cache(async |cache| {
        assert_eq!(found(&cache, "a").await, None);
        keep(&cache, "a", b"one\r\n\0").await;
        keep(&cache, "b", b"").await;
        assert_eq!(found(&cache, "a").await.as_deref(), Some(&b"one\r\n\0"[..]));
        assert_eq!(found(&cache, "b").await.as_deref(), Some(&b""[..]));
        cache.forget(key("a")).await;
        assert_eq!(found(&cache, "a").await, None);
        assert!(found(&cache, "b").await.is_some());
        keep(&cache, "a", b"two").await;
        assert_eq!(found(&cache, "a").await.as_deref(), Some(&b"two"[..]));
    })
    .await;
}

#[tokio::test]
async fn an_answer_from_before_a_change_is_never_kept_after_it() {
    on_each_cache(async |cache| {
        let before = ticket(&cache, "a").await;
        // The database was asked; then it changed; only then comes the answer.
        cache.forget(key("a")).await;
        cache.keep(before, b"old", MINUTE);
        assert_eq!(found(&cache, "a").await, None);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_kept_for_longer_than_was_said_nor_when_it_is_large() {
    on_each_cache(async |cache| {
        let short = ticket(&cache, "short").await;
        cache.keep(short, b"x", Duration::from_millis(30));
        keep(&cache, "large", &vec![0; 20 << 10]).await;
        assert_eq!(found(&cache, "large").await, None);
        sleep(Duration::from_millis(60)).await;
        assert_eq!(found(&cache, "short").await, None);
    })
    .await;
}

#[tokio::test]
async fn a_budget_is_spent_comes_back_with_time_and_can_be_given_back() {
    on_each_cache(async |cache| {
        let budget = Budget { times: 3, within: Duration::from_millis(300) };
        for _ in 0..3 {
            assert_eq!(cache.spend(key("a"), budget).await, Spent::Within);
        }
        let Spent::Exceeded { retry_after } = cache.spend(key("a"), budget).await else {
            panic!("that was the fourth")
        };
        assert!(retry_after <= budget.within && retry_after > Duration::ZERO, "{retry_after:?}");
        assert_eq!(cache.spend(key("b"), budget).await, Spent::Within, "others have budgets of their own");
        cache.reset(key("a")).await;
        assert_eq!(cache.spend(key("a"), budget).await, Spent::Within);
        sleep(Duration::from_millis(350)).await;
        for _ in 0..3 {
            assert_eq!(cache.spend(key("a"), budget).await, Spent::Within);
        }
    })
    .await;
}

#[tokio::test]
async fn a_listener_hears_its_user_and_not_others() {
    on_each_cache(async |cache| {
        let (mine, other) = (UserId::new(1), UserId::new(2));
        let mut listener = cache.listen();
        cache.publish(Event::Changed(other)).await;
        cache.publish(Event::Due).await;
        assert!(
            timeout(Duration::from_millis(50), listener.changed(mine)).await.is_err(),
            "nothing for the first user"
        );
        cache.publish(Event::Changed(mine)).await;
        timeout(Duration::from_secs(1), listener.changed(mine)).await.expect("it hears");
    })
    .await;
}

#[tokio::test]
async fn replicas_share_look_ups_budgets_and_events() {
    let Some(server) = Server::start() else { return };
    let (one, two) = (server.cache("home").await, server.cache("home").await);
    let elsewhere = server.cache("another home").await;
    let mut hears = two.listen();
    let mut hears_nothing = elsewhere.listen();
    // Subscribing takes a moment longer than connecting.
    sleep(Duration::from_millis(200)).await;

    keep(&one, "a", b"value").await;
    // Written without waiting; the same connection is asked in order, another one a moment later.
    assert!(found(&one, "a").await.is_some());
    assert_eq!(found(&two, "a").await.as_deref(), Some(&b"value"[..]));
    assert_eq!(found(&elsewhere, "a").await, None);

    let late = ticket(&two, "b").await;
    one.forget(key("b")).await;
    two.keep(late, b"old", MINUTE);
    assert_eq!((found(&one, "b").await, found(&two, "b").await), (None, None));

    two.forget(key("a")).await;
    assert_eq!(found(&one, "a").await, None);

    let budget = Budget { times: 2, within: MINUTE };
    assert_eq!(one.spend(key("c"), budget).await, Spent::Within);
    assert_eq!(two.spend(key("c"), budget).await, Spent::Within);
    assert!(matches!(one.spend(key("c"), budget).await, Spent::Exceeded { .. }));

    one.publish(Event::Changed(UserId::new(7))).await;
    let heard = timeout(Duration::from_secs(2), hears.next()).await.expect("the other replica hears");
    assert_eq!(heard, Event::Changed(UserId::new(7)));
    assert!(timeout(Duration::from_millis(100), hears_nothing.next()).await.is_err());
}

#[tokio::test]
async fn what_happens_often_is_counted_together_by_and_large() {
    let Some(server) = Server::start() else { return };
    let (one, two) = (server.cache("often").await, server.cache("often").await);
    let budget = Budget { times: 160, within: MINUTE };
    let (mut passed, mut refused) = ([0, 0], [0, 0]);
    for _ in 0..120 {
        for (index, cache) in [&one, &two].into_iter().enumerate() {
            match cache.spend_roughly(key("often"), budget).await {
                Spent::Within => passed[index] += 1,
                Spent::Exceeded { retry_after } => {
                    assert!(retry_after <= MINUTE);
                    refused[index] += 1;
                }
            }
        }
    }
    let all = passed[0] + passed[1];
    assert!((150..=180).contains(&all), "a sixteenth more at each replica, at most: {passed:?}");
    assert!(refused[0] >= 29 && refused[1] >= 29, "{refused:?}");
    assert_eq!(one.spend_roughly(key("other"), budget).await, Spent::Within);
}
