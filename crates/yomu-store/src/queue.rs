//! How much there is to refresh, in numbers.

use jiff::Timestamp;

use crate::value::params;
use crate::{Store, StoreError};

/// Feeds by what is to be done with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Queue {
    /// Due, and in nobody's work.
    pub waiting: u32,
    /// Leased.
    pub in_work: u32,
    /// Since when the first of the waiting ones is due.
    pub oldest: Option<Timestamp>,
    /// Failed at their last check.
    pub failing: u32,
    /// All that are read by somebody.
    pub feeds: u32,
}

impl Store {
    /// The numbers of the queue: one look at each feed.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn queue(&self, now: Timestamp) -> Result<Queue, StoreError> {
        let waits = "next_check_at <= ?1 AND (lease_until IS NULL OR lease_until <= ?1)";
        let sql = format!(
            "SELECT COUNT(CASE WHEN {waits} THEN 1 END), COUNT(CASE WHEN lease_until > ?1 THEN 1 END),
               MIN(CASE WHEN {waits} THEN next_check_at END), COUNT(CASE WHEN error_count > 0 THEN 1 END), COUNT(*)
             FROM feed WHERE NOT is_saved_pages
               AND EXISTS (SELECT 1 FROM subscription b WHERE b.feed_id = feed.id AND b.removed_at IS NULL)"
        );
        let row = self.db.row(&sql, params![now]).await?;
        let mut row = row.ok_or(StoreError::Decode { expected: "a row of numbers" })?;
        Ok(Queue {
            waiting: row.take()?,
            in_work: row.take()?,
            oldest: row.take()?,
            failing: row.take()?,
            feeds: row.take()?,
        })
    }
}
