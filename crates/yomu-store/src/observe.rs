//! How long the database takes, for whoever keeps numbers.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// A kind of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// One reading statement.
    Read,
    /// A transaction, from its beginning to its commit.
    Transaction,
    /// Storing a refreshed feed.
    Ingest,
    /// A search.
    Search,
}

impl Work {
    /// Its name among numbers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Transaction => "transaction",
            Self::Ingest => "ingest",
            Self::Search => "search",
        }
    }
}

static OBSERVER: OnceLock<fn(Work, Duration)> = OnceLock::new();

/// Tells a function of all work from now on. There is one for the process, as there is one log; a second is passed over.
pub fn observe(observer: fn(Work, Duration)) {
    let _ = OBSERVER.set(observer);
}

/// Tells of work that succeeded.
pub(crate) fn done(work: Work, started: Instant) {
    if let Some(observer) = OBSERVER.get() {
        observer(work, started.elapsed());
    }
}
