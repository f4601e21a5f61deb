//! What the program tells of itself to Prometheus.
//!
//! One table of counters and histograms, each where everybody can reach it, like a log. Labels come from small fixed sets:
//! a route's pattern and never its path, a kind of failure and never its text. Two hundred lines of our own instead of an
//! exporter's eleven crates.
//! <https://prometheus.io/docs/instrumenting/exposition_formats/>

mod family;
mod process;

use std::fmt::Write as _;

pub(crate) use family::{Counters, Histograms};

use crate::cache::Place;

/// Answers, by route, method and status.
pub(crate) static REQUESTS: Histograms<3> = Histograms::new(
    "yomu_http_request_seconds",
    "Time to the head of an answer, by the pattern of the route.",
    ["route", "method", "status"],
);

/// Work of the database.
pub(crate) static DATABASE: Histograms<1> = Histograms::new(
    "yomu_database_seconds",
    "Time of reads, of whole transactions, of storing a refreshed feed, and of searches.",
    ["work"],
);

/// Questions to Valkey.
pub(crate) static VALKEY: Histograms<1> =
    Histograms::new("yomu_valkey_seconds", "Time of a question to Valkey, answered or given up.", ["outcome"]);

/// Refreshed feeds.
pub(crate) static REFRESHES: Histograms<1> =
    Histograms::new("yomu_refresh_seconds", "Time from asking a feed's host to the stored outcome.", ["outcome"]);

/// Feeds that could not be refreshed.
pub(crate) static FAILURES: Counters<1> =
    Counters::new("yomu_refresh_failures_total", "Refreshes that failed, by kind of failure.", ["kind"]);

/// New entries.
pub(crate) static NEW_ENTRIES: Counters<0> =
    Counters::new("yomu_new_entries_total", "Entries that refreshes brought.", []);

/// How much there is to do, as the database says: every replica tells the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Queue {
    /// Feeds that are due and not in work.
    pub(crate) waiting: u32,
    /// Feeds in work, by whichever process.
    pub(crate) in_work: u32,
    /// For how long the first of the waiting ones has been due, in milliseconds.
    pub(crate) oldest_millis: i64,
    /// Feeds whose last check failed.
    pub(crate) failing: u32,
    /// Feeds in all.
    pub(crate) feeds: u32,
}

/// The whole page. Without a database there is no queue to tell of, and everything else is still told.
pub(crate) fn page(queue: Option<Queue>, place: Place) -> String {
    let mut out = String::with_capacity(16 << 10);
    for histograms in [&DATABASE, &VALKEY, &REFRESHES] {
        histograms.write(&mut out);
    }
    REQUESTS.write(&mut out);
    FAILURES.write(&mut out);
    NEW_ENTRIES.write(&mut out);
    gauge(&mut out, "yomu_database_up", "Whether the database answers.", f64::from(u8::from(queue.is_some())));
    let valkey = match place {
        Place::Memory => None,
        Place::Valkey => Some(1.0),
        Place::Away => Some(0.0),
    };
    if let Some(up) = valkey {
        gauge(&mut out, "yomu_valkey_up", "Whether Valkey answers; not told where none is used.", up);
    }
    if let Some(queue) = queue {
        write_queue(&mut out, queue);
    }
    process::write(&mut out);
    let version = env!("CARGO_PKG_VERSION");
    let _ =
        writeln!(out, "# HELP yomu_info The program.\n# TYPE yomu_info gauge\nyomu_info{{version=\"{version}\"}} 1");
    out
}

fn write_queue(out: &mut String, queue: Queue) {
    let oldest = queue.oldest_millis as f64 / 1000.0;
    gauge(
        out,
        "yomu_feeds_waiting",
        "Feeds that are due and not in work, in the whole database.",
        queue.waiting.into(),
    );
    gauge(out, "yomu_feeds_in_work", "Feeds that a process refreshes now.", queue.in_work.into());
    gauge(out, "yomu_feeds_oldest_waiting_seconds", "For how long a feed has been due at most.", oldest);
    gauge(out, "yomu_feeds_failing", "Feeds whose last check failed.", queue.failing.into());
    gauge(out, "yomu_feeds", "Feeds in all.", queue.feeds.into());
}

fn gauge(out: &mut String, name: &str, help: &str, value: f64) {
    let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}");
}
