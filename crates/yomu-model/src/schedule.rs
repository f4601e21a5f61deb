//! When a feed is asked again
//!
//! Two things are known: how often entries appeared (their dates), and whether asking was worth it so far (the interval in
//! use, and what came of it). The dates set a band, twice as often as entries come; within it the interval shrinks with
//! each new entry and grows with each answer that had none. Feeds without dates have only the second.
//!
//! What the server wishes comes on top: not before its answer is stale, not before its `Retry-After`. Jitter is added
//! last, and only later, never earlier, so that a thousand feeds added together drift apart.

use std::time::Duration;

use jiff::Timestamp;

use crate::limits::{
    CHECK_INTERVAL_FIRST, CHECK_INTERVAL_MAX, CHECK_INTERVAL_MIN, RETRY_AFTER_MAX, RHYTHM_ENTRIES_MAX,
};

/// What a check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// So many entries that were not there before.
    New(u32),
    /// Nothing new: 304, or the same entries.
    Unchanged,
    /// No feed was read.
    Failed {
        /// How often in a row, this one included.
        count: u32,
        /// Why.
        failure: Failure,
    },
    /// 410: the publisher says that there will be nothing more.
    Gone,
}

/// How a check failed, as far as the next one depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// May pass by itself: no answer, a name not found, a time-out, 5xx.
    Temporary,
    /// The server asks for less: 429.
    TooOften,
    /// Somebody must change something: 401, 403, 404, a certificate, not a feed.
    Lasting,
}

/// Everything that the next check depends on.
#[derive(Clone, Copy, Debug)]
pub struct Check<'t> {
    /// When this check ended.
    pub now: Timestamp,
    /// What it found.
    pub outcome: Outcome,
    /// The interval given by [`next_check`] last time; none at the first check.
    pub interval: Option<Duration>,
    /// Dates of the feed's entries, in any order.
    pub published: &'t [Timestamp],
    /// For how long the answer stays fresh: `Cache-Control: max-age` or `Expires`.
    pub freshness: Option<Duration>,
    /// RSS `ttl`, or `sy:updatePeriod` through `sy:updateFrequency`.
    pub ttl: Option<Duration>,
    /// `Retry-After`.
    pub retry_after: Option<Duration>,
    /// A random number from 0 to 1.
    pub jitter: f64,
}

/// The next check of a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Next {
    /// When.
    pub at: Timestamp,
    /// To be kept, and given back at the next check.
    pub interval: Duration,
}

/// When to ask again, or none if never.
pub fn next_check(check: &Check<'_>) -> Option<Next> {
    let (interval, wait) = match check.outcome {
        Outcome::Gone => return None,
        Outcome::Failed { count, failure } => {
            // A failure says nothing about how often entries come.
            (check.interval.unwrap_or(CHECK_INTERVAL_FIRST), back_off(count, failure))
        }
        Outcome::New(_) | Outcome::Unchanged => {
            let interval = adapted_interval(check);
            let wish = check.freshness.into_iter().chain(check.ttl).max().unwrap_or_default();
            (interval, interval.max(wish.min(CHECK_INTERVAL_MAX)))
        }
    };
    let wait = wait.max(check.retry_after.unwrap_or_default().min(RETRY_AFTER_MAX));
    // A tenth is enough to spread, and not noticed.
    let jitter = if check.jitter.is_finite() { check.jitter.clamp(0.0, 1.0) } else { 0.0 };
    let at = check.now.checked_add(wait.mul_f64(1.0 + jitter / 10.0)).unwrap_or(Timestamp::MAX);
    Some(Next { at, interval })
}

/// The interval that this check teaches.
fn adapted_interval(check: &Check<'_>) -> Duration {
    let last = check.interval.unwrap_or(CHECK_INTERVAL_FIRST).min(CHECK_INTERVAL_MAX);
    let learned = match check.outcome {
        // Several at once mean that we came late.
        Outcome::New(count) => last / (count.saturating_add(1)).clamp(2, 4),
        _ => last + last / 2,
    };
    let learned = match rhythm(check.now, check.published) {
        Some(gap) => learned.clamp(gap / 4, gap),
        None => learned,
    };
    learned.clamp(CHECK_INTERVAL_MIN, CHECK_INTERVAL_MAX)
}

/// The usual time between two entries, of which the recent ones count most; none if fewer than two have dates.
fn rhythm(now: Timestamp, published: &[Timestamp]) -> Option<Duration> {
    // Dates in the future are announcements or mistakes.
    let mut dates: Vec<Timestamp> = published.iter().copied().filter(|date| *date <= now).collect();
    dates.sort_unstable_by(|one, other| other.cmp(one));
    dates.truncate(RHYTHM_ENTRIES_MAX);
    let newest = *dates.first()?;
    let (mut sum, mut weights, mut weight) = (0.0, 0.0, 1.0);
    for pair in dates.windows(2) {
        sum += seconds(pair[1], pair[0]) * weight;
        weights += weight;
        // Each gap counts four fifths of the one after it: the last five make two thirds of the whole.
        weight *= 0.8;
    }
    if weights == 0.0 {
        return None;
    }
    // A feed that has been silent for longer than usual has a new rhythm. Half of the silence, because it is not over.
    let gap = (sum / weights).max(seconds(newest, now) / 2.0);
    Duration::try_from_secs_f64(gap).ok()
}

fn seconds(from: Timestamp, to: Timestamp) -> f64 {
    to.duration_since(from).as_secs_f64()
}

/// Doubles with each failure.
fn back_off(count: u32, failure: Failure) -> Duration {
    let first = match failure {
        Failure::Temporary => CHECK_INTERVAL_MIN,
        // Nobody repairs a site or takes back a limit within minutes.
        Failure::TooOften | Failure::Lasting => CHECK_INTERVAL_FIRST,
    };
    // 15 minutes doubled 7 times are more than a day already.
    let doubled = first * (1 << count.saturating_sub(1).min(7));
    doubled.min(CHECK_INTERVAL_MAX)
}
