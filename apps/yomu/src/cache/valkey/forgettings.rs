//! Keys that should have been forgotten while Valkey was away. They are forgotten before anything is read again.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::cache::limits::{FORGETTINGS_OWED, KEPT_MAX};

/// What is owed to a Valkey that is away.
#[derive(Default)]
pub(super) struct Forgettings {
    owed: Mutex<Owed>,
}

#[derive(Default)]
struct Owed {
    keys: HashSet<Box<str>>,
    /// When keys had to be left out because there were too many.
    left_out_at: Option<Instant>,
}

impl Forgettings {
    pub(super) fn add(&self, key: &str) {
        let mut owed = self.lock();
        if owed.keys.len() < FORGETTINGS_OWED {
            owed.keys.insert(key.into());
        } else if !owed.keys.contains(key) {
            owed.left_out_at = Some(Instant::now());
        }
    }

    /// How long Valkey must not be read yet, because it may know what should have been forgotten.
    pub(super) fn wait(&self) -> Option<Duration> {
        let left_out_at = self.lock().left_out_at.take()?;
        Some(KEPT_MAX.saturating_sub(left_out_at.elapsed()))
    }

    pub(super) fn take(&self) -> HashSet<Box<str>> {
        std::mem::take(&mut self.lock().keys)
    }

    fn lock(&self) -> MutexGuard<'_, Owed> {
        self.owed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_owed_once_and_too_many_cost_a_wait() {
        let owed = Forgettings::default();
        for number in 0..FORGETTINGS_OWED {
            owed.add(&number.to_string());
            owed.add("0");
        }
        assert_eq!(owed.wait(), None);
        owed.add("one more");
        assert!(owed.wait().is_some_and(|wait| wait > KEPT_MAX / 2));
        assert_eq!((owed.take().len(), owed.take().len(), owed.wait()), (FORGETTINGS_OWED, 0, None));
    }
}
