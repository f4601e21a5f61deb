//! What was asked for since the last reset.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Instant;

/// Counters that many connections write.
pub(crate) struct Stats {
    started: Instant,
    pub(crate) feeds_sent: AtomicU64,
    pub(crate) feeds_not_modified: AtomicU64,
    pub(crate) homes: AtomicU64,
    pub(crate) icons: AtomicU64,
    pub(crate) others: AtomicU64,
    pub(crate) feed_bytes: AtomicU64,
    in_flight: AtomicU64,
    in_flight_max: AtomicU64,
    /// Milliseconds since `started`, plus one so that zero means never.
    first_ms: AtomicU64,
    last_ms: AtomicU64,
}

impl Stats {
    pub(crate) fn new() -> Stats {
        let zero = || AtomicU64::new(0);
        Stats {
            started: Instant::now(),
            feeds_sent: zero(),
            feeds_not_modified: zero(),
            homes: zero(),
            icons: zero(),
            others: zero(),
            feed_bytes: zero(),
            in_flight: zero(),
            in_flight_max: zero(),
            first_ms: zero(),
            last_ms: zero(),
        }
    }

    pub(crate) fn feed_begins(&self) {
        let now = self.elapsed_ms();
        let _ = self.first_ms.compare_exchange(0, now, Relaxed, Relaxed);
        self.in_flight_max.fetch_max(self.in_flight.fetch_add(1, Relaxed) + 1, Relaxed);
    }

    pub(crate) fn feed_ends(&self) {
        self.in_flight.fetch_sub(1, Relaxed);
        self.last_ms.fetch_max(self.elapsed_ms(), Relaxed);
    }

    /// All counters, named. The times are those between the first and the last question for a feed.
    pub(crate) fn fields(&self) -> Vec<(&'static str, u64)> {
        vec![
            ("feeds_sent", self.feeds_sent.load(Relaxed)),
            ("feeds_not_modified", self.feeds_not_modified.load(Relaxed)),
            ("homes", self.homes.load(Relaxed)),
            ("icons", self.icons.load(Relaxed)),
            ("others", self.others.load(Relaxed)),
            ("feed_bytes", self.feed_bytes.load(Relaxed)),
            ("in_flight_max", self.in_flight_max.load(Relaxed)),
            ("span_ms", self.last_ms.load(Relaxed).saturating_sub(self.first_ms.load(Relaxed))),
        ]
    }

    /// Forgets everything except who is being answered just now.
    pub(crate) fn reset(&self) {
        let counters = [
            &self.feeds_sent,
            &self.feeds_not_modified,
            &self.homes,
            &self.icons,
            &self.others,
            &self.feed_bytes,
            &self.first_ms,
            &self.last_ms,
        ];
        counters.iter().for_each(|counter| counter.store(0, Relaxed));
        self.in_flight_max.store(self.in_flight.load(Relaxed), Relaxed);
    }

    fn elapsed_ms(&self) -> u64 {
        self.started.elapsed().as_millis() as u64 + 1
    }
}

#[test]
fn the_most_at_once_is_remembered_until_the_reset() {
    let stats = Stats::new();
    let most = || stats.fields().iter().find(|(name, _)| *name == "in_flight_max").unwrap().1;
    stats.feed_begins();
    stats.feed_begins();
    stats.feed_ends();
    assert_eq!(most(), 2);
    stats.reset();
    assert_eq!(most(), 1);
}
