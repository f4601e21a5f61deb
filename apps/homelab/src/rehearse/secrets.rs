//! Secrets of a rehearsal: they differ, they are the same each time, and it is known what they are.

use std::sync::{Mutex, MutexGuard, PoisonError};

use proxmox_client::Secret;

use crate::apply::Random;

/// Makes secrets that can be looked for.
#[derive(Debug, Default)]
pub struct Counted(Mutex<Vec<String>>);

impl Counted {
    /// Whether one of them stands in a text.
    pub fn are_in(&self, text: &str) -> bool {
        self.made().iter().any(|secret| text.contains(secret))
    }

    fn made(&self) -> MutexGuard<'_, Vec<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Random for Counted {
    fn password(&self, characters: usize) -> Secret {
        let mut made = self.made();
        let secret = format!("rehearsed{:0>width$}", made.len() + 1, width = characters.saturating_sub(9));
        made.push(secret.clone());
        Secret::new(secret)
    }
}
