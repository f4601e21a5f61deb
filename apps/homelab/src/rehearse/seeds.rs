//! Many rehearsals, on all processors.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use homelab_plan::plan::Desired;
use homelab_sim::{Fault, Faults};
use indicatif::ProgressBar;
use serde::Serialize;

use super::{Ending, Rehearsal, Shown, fault_name};
use crate::observe::Manifests;

/// Which rehearsals.
#[derive(Clone, Copy, Debug)]
pub struct Seeds {
    /// The first seed.
    pub first: u64,
    /// How many.
    pub count: u64,
    /// How much goes wrong.
    pub faults: Faults,
}

/// How many rehearsals ended how.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Counted {
    /// Those that ended well.
    pub done: u64,
    /// Those that stopped, by seed, with their reason.
    pub stuck: BTreeMap<u64, String>,
    /// Promises that were not kept, by seed.
    pub broken: BTreeMap<u64, String>,
    /// How often each kind of fault happened, over all.
    pub faults: BTreeMap<String, u64>,
    /// Simulated seconds of the longest one that ended well.
    pub longest_seconds: f64,
}

impl Seeds {
    /// Rehearses them all.
    pub fn rehearse(&self, desired: &Desired, manifests: &[Manifests], progress: &ProgressBar) -> Counted {
        let (next, counted) = (AtomicU64::new(0), Mutex::new(Counted::of_all_kinds()));
        let threads = thread::available_parallelism().map_or(1, usize::from);
        thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        if number >= self.count {
                            return;
                        }
                        let seed = self.first.wrapping_add(number);
                        let shown = Rehearsal { seed, faults: self.faults, kill_at: None }.run(desired, manifests);
                        counted.lock().unwrap_or_else(PoisonError::into_inner).add(shown);
                        progress.inc(1);
                    }
                });
            }
        });
        progress.finish_and_clear();
        counted.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Counted {
    /// Nothing so far; a kind of fault that never happens is to be seen too.
    fn of_all_kinds() -> Self {
        Self { faults: Fault::ALL.iter().map(|fault| (fault_name(*fault), 0)).collect(), ..Self::default() }
    }

    fn add(&mut self, shown: Shown) {
        for (kind, count) in shown.faults {
            *self.faults.entry(kind).or_default() += count;
        }
        if !shown.broken.is_empty() {
            self.broken.insert(shown.seed, shown.broken.join("; "));
        }
        match shown.end {
            Ending::Done => {
                self.done += 1;
                self.longest_seconds = self.longest_seconds.max(shown.seconds);
            }
            Ending::Stuck(reasons) => drop(self.stuck.insert(shown.seed, reasons.join("; "))),
            Ending::Missing(problems) => {
                let sentences = problems.into_iter().map(|problem| problem.sentence);
                self.stuck.insert(shown.seed, sentences.collect::<Vec<_>>().join("; "));
            }
        }
    }
}
