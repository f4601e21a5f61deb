//! When a feed is asked again

use std::time::Duration;

use jiff::Timestamp;
use proptest::prelude::*;
use yomu_model::limits::{CHECK_INTERVAL_MAX, CHECK_INTERVAL_MIN, RETRY_AFTER_MAX};
use yomu_model::schedule::{Check, Failure, Next, Outcome, next_check};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(86_400);

fn now() -> Timestamp {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

fn check<'t>(outcome: Outcome) -> Check<'t> {
    Check {
        now: now(),
        outcome,
        interval: None,
        published: &[],
        freshness: None,
        ttl: None,
        retry_after: None,
        jitter: 0.0,
    }
}

fn wait(check: Check<'_>) -> Duration {
    let next = next_check(&check).expect("a next check");
    Duration::try_from(next.at.duration_since(check.now)).expect("in the future")
}

fn failed(count: u32, failure: Failure) -> Check<'static> {
    check(Outcome::Failed { count, failure })
}

/// Dates of entries with this much time between them, the newest so long ago.
fn every(gap: Duration, newest: Duration) -> Vec<Timestamp> {
    (0..30).map(|number| now() - newest - gap * number).collect()
}

/// The interval after a feed was checked until nothing changes.
fn settled(outcome: Outcome, published: &[Timestamp]) -> Duration {
    let mut interval = None;
    for _ in 0..50 {
        interval = next_check(&Check { interval, published, ..check(outcome) }).map(|next| next.interval);
    }
    interval.expect("an interval")
}

#[test]
fn a_feed_of_which_nothing_is_known_moves_from_an_hour() {
    assert_eq!(wait(check(Outcome::Unchanged)), 90 * MINUTE);
    assert_eq!(wait(check(Outcome::New(1))), 30 * MINUTE);
    assert_eq!(wait(check(Outcome::New(100))), 15 * MINUTE);
}

#[test]
fn the_interval_settles_around_the_rhythm_of_the_entries() {
    let twice_a_day = every(12 * HOUR, HOUR);
    assert_eq!(settled(Outcome::New(1), &twice_a_day), 3 * HOUR);
    assert_eq!(settled(Outcome::Unchanged, &twice_a_day), 12 * HOUR);
    assert_eq!(settled(Outcome::Unchanged, &every(MINUTE, MINUTE)), CHECK_INTERVAL_MIN);
    assert_eq!(settled(Outcome::New(1), &every(30 * DAY, DAY)), CHECK_INTERVAL_MAX);
    assert_eq!(settled(Outcome::Unchanged, &[]), CHECK_INTERVAL_MAX);
    assert_eq!(settled(Outcome::New(1), &[]), CHECK_INTERVAL_MIN);
}

#[test]
fn a_feed_that_fell_silent_is_asked_less() {
    assert_eq!(settled(Outcome::Unchanged, &every(HOUR, HOUR)), HOUR);
    assert_eq!(settled(Outcome::Unchanged, &every(HOUR, 10 * HOUR)), 5 * HOUR);
    assert_eq!(settled(Outcome::Unchanged, &every(HOUR, 100 * DAY)), DAY);
}

#[test]
fn future_dates_are_not_looked_at() {
    let mut dates = every(12 * HOUR, HOUR);
    dates.push(now() + 1000 * DAY);
    assert_eq!(settled(Outcome::Unchanged, &dates), 12 * HOUR);
}

#[test]
fn the_server_may_ask_for_more_time_within_a_day() {
    assert_eq!(wait(Check { freshness: Some(5 * HOUR), ..check(Outcome::Unchanged) }), 5 * HOUR);
    assert_eq!(wait(Check { ttl: Some(6 * HOUR), freshness: Some(5 * HOUR), ..check(Outcome::New(1)) }), 6 * HOUR);
    assert_eq!(wait(Check { ttl: Some(365 * DAY), ..check(Outcome::Unchanged) }), DAY);
    assert_eq!(wait(Check { freshness: Some(MINUTE), ..check(Outcome::Unchanged) }), 90 * MINUTE);
}

#[test]
fn a_wish_of_the_server_does_not_become_our_interval() {
    let next = next_check(&Check { freshness: Some(5 * HOUR), ..check(Outcome::Unchanged) });
    assert_eq!(next.map(|next| next.interval), Some(90 * MINUTE));
}

#[test]
fn failures_back_off_and_stop_at_a_day() {
    let waits: Vec<Duration> = (1..=9).map(|count| wait(failed(count, Failure::Temporary)) / 60).collect();
    assert_eq!(waits.iter().map(Duration::as_secs).collect::<Vec<_>>(), [15, 30, 60, 120, 240, 480, 960, 1440, 1440]);
    assert_eq!(wait(failed(1, Failure::Lasting)), HOUR);
    assert_eq!(wait(failed(1, Failure::TooOften)), HOUR);
    assert_eq!(wait(failed(u32::MAX, Failure::Lasting)), DAY);
    assert_eq!(wait(failed(0, Failure::Temporary)), 15 * MINUTE);
}

#[test]
fn a_failure_keeps_the_interval_for_better_days() {
    let next = next_check(&Check { interval: Some(5 * HOUR), ..failed(3, Failure::Temporary) });
    assert_eq!(next.map(|next| next.interval), Some(5 * HOUR));
}

#[test]
fn retry_after_is_obeyed_for_a_week_at_most() {
    assert_eq!(wait(Check { retry_after: Some(3 * DAY), ..failed(1, Failure::TooOften) }), 3 * DAY);
    assert_eq!(wait(Check { retry_after: Some(MINUTE), ..failed(1, Failure::TooOften) }), HOUR);
    assert_eq!(wait(Check { retry_after: Some(Duration::MAX), ..failed(1, Failure::TooOften) }), RETRY_AFTER_MAX);
}

#[test]
fn what_is_gone_is_not_asked_again() {
    assert_eq!(next_check(&check(Outcome::Gone)), None);
}

#[test]
fn jitter_only_delays_and_by_a_tenth() {
    let with = |jitter| wait(Check { jitter, ..check(Outcome::Unchanged) });
    assert_eq!(with(0.5), 90 * MINUTE + 270 * Duration::from_secs(1));
    assert_eq!(with(f64::NAN), 90 * MINUTE);
    assert_eq!(with(7.0), 99 * MINUTE);
}

#[test]
fn the_end_of_time_is_survived() {
    let next = next_check(&Check { now: Timestamp::MAX, ..check(Outcome::Unchanged) });
    assert_eq!(next, Some(Next { at: Timestamp::MAX, interval: 90 * MINUTE }));
}

proptest! {
    #[test]
    fn every_next_check_is_within_bounds(
        outcome in prop_oneof![
            any::<u32>().prop_map(Outcome::New),
            Just(Outcome::Unchanged),
            any::<u32>().prop_map(|count| Outcome::Failed { count, failure: Failure::Temporary }),
        ],
        interval in prop::option::of(any::<u64>().prop_map(Duration::from_secs)),
        seconds in prop::collection::vec(any::<i32>(), 0..40),
        wishes in any::<[Option<u64>; 3]>(),
        jitter in any::<f64>(),
    ) {
        let published: Vec<Timestamp> =
            seconds.iter().filter_map(|second| Timestamp::from_second(i64::from(*second)).ok()).collect();
        let [freshness, ttl, retry_after] = wishes.map(|wish| wish.map(Duration::from_secs));
        let check = Check { interval, published: &published, freshness, ttl, retry_after, jitter, ..check(outcome) };
        let next = next_check(&check);
        prop_assert_eq!(next, next_check(&check));
        let wait = wait(check);
        prop_assert!(wait >= CHECK_INTERVAL_MIN && wait <= RETRY_AFTER_MAX.mul_f64(1.1));
        if retry_after.is_none() {
            prop_assert!(wait <= CHECK_INTERVAL_MAX.mul_f64(1.1));
        }
    }

    #[test]
    fn news_never_lengthens_and_silence_never_shortens(minutes in 15u64..1440, new in 1u32..100) {
        let last = Duration::from_secs(minutes * 60);
        let after = |outcome| wait(Check { interval: Some(last), ..check(outcome) });
        prop_assert!(after(Outcome::New(new)) <= last);
        prop_assert!(after(Outcome::Unchanged) >= last);
    }
}
