//! The cache of a process that is alone.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::generations::Generations;
use super::limits::{COUNTERS_IN_MEMORY, VALUES_IN_MEMORY};
use super::{Counted, Found, Key, Right, Ticket};

/// Look-ups and counters. Locked for moments only.
pub(super) struct Memory {
    values: Mutex<Values>,
    counters: Mutex<Generations<Counter>>,
}

struct Values {
    kept: Generations<Kept>,
    /// How often anything was forgotten: a ticket from before says so by its number.
    forgotten: u64,
}

struct Kept {
    value: Vec<u8>,
    until: Instant,
}

struct Counter {
    count: u64,
    until: Instant,
}

impl Default for Memory {
    fn default() -> Self {
        Self {
            values: Mutex::new(Values { kept: Generations::new(VALUES_IN_MEMORY), forgotten: 0 }),
            counters: Mutex::new(Generations::new(COUNTERS_IN_MEMORY)),
        }
    }
}

impl Memory {
    pub(super) fn look_up(&self, key: Key) -> Found {
        let mut values = lock(&self.values);
        match values.kept.get_mut(&key) {
            Some(kept) if kept.until > Instant::now() => Found::Value(kept.value.clone()),
            _ => Found::Missing(Ticket(Right::Memory { key, forgotten: values.forgotten })),
        }
    }

    pub(super) fn keep(&self, key: Key, forgotten: u64, value: &[u8], lasting: Duration) {
        let mut values = lock(&self.values);
        if values.forgotten == forgotten {
            values.kept.insert(key, Kept { value: value.to_vec(), until: Instant::now() + lasting });
        }
    }

    pub(super) fn forget(&self, key: &Key) {
        let mut values = lock(&self.values);
        values.forgotten += 1;
        values.kept.remove(key);
    }

    pub(super) fn count(&self, key: &Key, within: Duration) -> Counted {
        let mut counters = lock(&self.counters);
        let now = Instant::now();
        match counters.get_mut(key) {
            Some(counter) if counter.until > now => {
                counter.count += 1;
                Counted { count: counter.count, left: counter.until - now }
            }
            _ => {
                counters.insert(key.clone(), Counter { count: 1, until: now + within });
                Counted { count: 1, left: within }
            }
        }
    }

    /// Takes over from other processes that more was counted than may be.
    pub(super) fn exceed(&self, key: &Key, times: u64, left: Duration) {
        let counter = Counter { count: times + 1, until: Instant::now() + left };
        lock(&self.counters).insert(key.clone(), counter);
    }

    pub(super) fn reset(&self, key: &Key) {
        lock(&self.counters).remove(key);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What a panic left is a cache still.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
