//! Numbers with labels.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

/// Combinations of labels in one family. Ours have some hundred at most; more would be a mistake that must not fill the
/// memory.
const COMBINATIONS_MAX: usize = 1_000;

/// What stands for the labels of a combination that is one too many.
const OTHER: &str = "other";

/// Upper bounds in microseconds: from a look at a cache to a slow host, in steps of about three.
const BOUNDS: [u64; 12] =
    [300, 1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000, 10_000_000, 30_000_000, 100_000_000];

/// Things that are counted.
pub(crate) struct Counters<const N: usize>(Family<N, AtomicU64>);

/// Things whose time is taken.
pub(crate) struct Histograms<const N: usize>(Family<N, Histogram>);

struct Family<const N: usize, T> {
    name: &'static str,
    help: &'static str,
    labels: [&'static str; N],
    members: RwLock<BTreeMap<[Box<str>; N], Arc<T>>>,
}

#[derive(Default)]
struct Histogram {
    /// How many were within each bound and not within the one before; the last one is for the rest.
    buckets: [AtomicU64; BOUNDS.len() + 1],
    micros: AtomicU64,
}

impl<const N: usize> Counters<N> {
    pub(crate) const fn new(name: &'static str, help: &'static str, labels: [&'static str; N]) -> Self {
        Self(Family::new(name, help, labels))
    }

    pub(crate) fn add(&self, labels: [&str; N], more: u64) {
        self.0.member(labels).fetch_add(more, Ordering::Relaxed);
    }

    pub(super) fn write(&self, out: &mut String) {
        self.0.write("counter", out, |out, name, labels, count| {
            let _ = writeln!(out, "{name}{} {}", braces(labels), count.load(Ordering::Relaxed));
        });
    }
}

impl<const N: usize> Histograms<N> {
    pub(crate) const fn new(name: &'static str, help: &'static str, labels: [&'static str; N]) -> Self {
        Self(Family::new(name, help, labels))
    }

    pub(crate) fn observe(&self, labels: [&str; N], took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let bucket = BOUNDS.partition_point(|bound| *bound < micros);
        let member = self.0.member(labels);
        member.buckets[bucket].fetch_add(1, Ordering::Relaxed);
        member.micros.fetch_add(micros, Ordering::Relaxed);
    }

    pub(super) fn write(&self, out: &mut String) {
        self.0.write("histogram", out, |out, name, labels, histogram| histogram.write(out, name, labels));
    }
}

impl Histogram {
    fn write(&self, out: &mut String, name: &str, labels: &str) {
        let comma = if labels.is_empty() { "" } else { "," };
        let mut count = 0;
        for (index, bucket) in self.buckets.iter().enumerate() {
            count += bucket.load(Ordering::Relaxed);
            match BOUNDS.get(index) {
                Some(bound) => {
                    let bound = *bound as f64 / 1e6;
                    let _ = writeln!(out, "{name}_bucket{{{labels}{comma}le=\"{bound}\"}} {count}");
                }
                None => _ = writeln!(out, "{name}_bucket{{{labels}{comma}le=\"+Inf\"}} {count}"),
            }
        }
        let (labels, seconds) = (braces(labels), self.micros.load(Ordering::Relaxed) as f64 / 1e6);
        let _ = writeln!(out, "{name}_sum{labels} {seconds}\n{name}_count{labels} {count}");
    }
}

impl<const N: usize, T: Default> Family<N, T> {
    const fn new(name: &'static str, help: &'static str, labels: [&'static str; N]) -> Self {
        Self { name, help, labels, members: RwLock::new(BTreeMap::new()) }
    }

    fn member(&self, values: [&str; N]) -> Arc<T> {
        let key = values.map(Box::from);
        let members = self.members.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(member) = members.get(&key) {
            return Arc::clone(member);
        }
        drop(members);
        let mut members = self.members.write().unwrap_or_else(PoisonError::into_inner);
        let has_room = members.len() < COMBINATIONS_MAX || members.contains_key(&key);
        let key = if has_room { key } else { values.map(|_| Box::from(OTHER)) };
        Arc::clone(members.entry(key).or_default())
    }

    /// Writes each member by `one`, which gets the labels without braces.
    fn write(&self, kind: &str, out: &mut String, one: impl Fn(&mut String, &str, &str, &T)) {
        let Self { name, help, .. } = self;
        let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} {kind}");
        for (values, member) in &*self.members.read().unwrap_or_else(PoisonError::into_inner) {
            let pairs = self.labels.iter().zip(values).map(|(label, value)| format!("{label}=\"{}\"", escaped(value)));
            one(out, name, &pairs.collect::<Vec<_>>().join(","), member);
        }
    }
}

fn braces(labels: &str) -> String {
    if labels.is_empty() { String::new() } else { format!("{{{labels}}}") }
}

fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_histogram_counts_up_to_each_bound() {
        static TIMES: Histograms<1> = Histograms::new("t_seconds", "Times.", ["kind"]);
        TIMES.observe(["a\"b"], Duration::from_micros(300));
        TIMES.observe(["a\"b"], Duration::from_millis(2));
        TIMES.observe(["a\"b"], Duration::from_secs(1000));
        let mut out = String::new();
        TIMES.write(&mut out);
        let lines: Vec<&str> = out.lines().collect();
        assert_eq!(lines[..2], ["# HELP t_seconds Times.", "# TYPE t_seconds histogram"]);
        assert_eq!(lines[2], r#"t_seconds_bucket{kind="a\"b",le="0.0003"} 1"#);
        assert_eq!(lines[4], r#"t_seconds_bucket{kind="a\"b",le="0.003"} 2"#);
        assert_eq!(
            lines[13..],
            [
                r#"t_seconds_bucket{kind="a\"b",le="100"} 2"#,
                r#"t_seconds_bucket{kind="a\"b",le="+Inf"} 3"#,
                r#"t_seconds_sum{kind="a\"b"} 1000.0023"#,
                r#"t_seconds_count{kind="a\"b"} 3"#,
            ]
        );
    }

    #[test]
    fn a_counter_without_labels_is_one_line() {
        static COUNT: Counters<0> = Counters::new("c_total", "Things.", []);
        COUNT.add([], 3);
        let mut out = String::new();
        COUNT.write(&mut out);
        assert_eq!(out, "# HELP c_total Things.\n# TYPE c_total counter\nc_total 3\n");
    }

    #[test]
    fn labels_do_not_grow_without_end() {
        static COUNT: Counters<1> = Counters::new("m_total", "Mistakes.", ["which"]);
        for number in 0..2 * COMBINATIONS_MAX {
            COUNT.add([&number.to_string()], 1);
        }
        let mut out = String::new();
        COUNT.write(&mut out);
        assert_eq!(out.lines().count(), 2 + COMBINATIONS_MAX + 1);
        assert!(out.contains(&format!("m_total{{which=\"other\"}} {COMBINATIONS_MAX}\n")));
    }
}
