//! Many rehearsals: how they ended, what went wrong in them, and how a bad one is seen again.

use std::fmt::Write as _;

use super::{clock, replay};
use crate::rehearse::Counted;
use crate::terminal::Paint;

/// How many rehearsals ended how. `level` is the faults that were asked for.
pub fn counted(counted: &Counted, level: &str, paint: Paint) -> String {
    let mut text = String::new();
    let mut bad = |label: String, seed: u64, reason: &str| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{label} seed {seed}: {reason}\n  {} {}", paint.cyan("again:"), replay(seed, level));
    };
    for (seed, reason) in &counted.broken {
        bad(paint.red("broken promise:"), *seed, reason);
    }
    for (seed, reason) in &counted.stuck {
        bad(paint.yellow("stopped:"), *seed, reason);
    }
    let all = counted.done + counted.stuck.len() as u64;
    let _ = writeln!(
        text,
        "{} of {all} rehearsals ended well, the longest after {} of simulated time",
        counted.done,
        clock(counted.longest_seconds)
    );
    let faults: u64 = counted.faults.values().sum();
    let _ = writeln!(text, "{faults} faults");
    for (kind, count) in &counted.faults {
        let _ = writeln!(text, "  {count:>8}  {kind}");
    }
    text
}
