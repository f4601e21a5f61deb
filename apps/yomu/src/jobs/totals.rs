//! What a refresh of many feeds came to, and its progress.

/// What a run over all due feeds came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Feeds with news.
    pub changed: u64,
    /// Feeds without news.
    pub unchanged: u64,
    /// Feeds that could not be fetched or read.
    pub failed: u64,
    /// Feeds that were not asked, because their host wants to be left alone.
    pub postponed: u64,
    /// New entries.
    pub new_entries: u64,
}

/// One feed that was refreshed, for a progress display.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// The feed's address.
    pub url: String,
    /// The sentence about what went wrong, if something did.
    pub failure: Option<String>,
    /// New entries.
    pub new_entries: u64,
}

impl Totals {
    /// Feeds in all.
    #[must_use]
    pub fn feeds(&self) -> u64 {
        self.changed + self.unchanged + self.failed + self.postponed
    }
}
