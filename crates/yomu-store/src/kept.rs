//! What is kept of a user's, and what waits to be deleted for good.

use jiff::Timestamp;
use yomu_model::ids::{SubscriptionId, UserId};

use crate::value::params;
use crate::{Store, StoreError};

/// How much is kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kept {
    /// Subscriptions.
    pub feeds: u32,
    /// Entries of feeds, and saved pages.
    pub entries: u32,
    /// Saved pages among them.
    pub saved_pages: u32,
    /// Starred ones among them.
    pub starred: u32,
    /// Highlights.
    pub highlights: u32,
    /// Entries that were removed and not yet deleted.
    pub removed_entries: u32,
    /// When the first of them was removed.
    pub removed_first: Option<Timestamp>,
    /// Subscriptions that ended and are not yet deleted with their entries.
    pub removed_feeds: Vec<RemovedFeed>,
}

/// A subscription that ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemovedFeed {
    /// The subscription.
    pub id: SubscriptionId,
    /// Its title as the user saw it.
    pub title: String,
    /// When it ended.
    pub removed_at: Timestamp,
}

impl Store {
    /// What is kept of a user's. The cost is one look at each subscription, star, highlight and removed entry.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn kept(&self, user: UserId) -> Result<Kept, StoreError> {
        let sql = "SELECT COUNT(CASE WHEN NOT f.is_saved_pages THEN 1 END),
              CAST(COALESCE(SUM(b.entry_count), 0) AS BIGINT),
              CAST(COALESCE(SUM(CASE WHEN f.is_saved_pages THEN b.entry_count ELSE 0 END), 0) AS BIGINT),
              (SELECT COUNT(*) FROM entry_state s WHERE s.user_id = ?1 AND s.starred AND s.removed_at IS NULL),
              (SELECT COUNT(*) FROM highlight h WHERE h.user_id = ?1 AND h.removed_at IS NULL),
              (SELECT COUNT(*) FROM entry_state s WHERE s.user_id = ?1 AND s.removed_at IS NOT NULL),
              (SELECT MIN(s.removed_at) FROM entry_state s WHERE s.user_id = ?1 AND s.removed_at IS NOT NULL)
            FROM subscription b JOIN feed f ON f.id = b.feed_id WHERE b.user_id = ?1 AND b.removed_at IS NULL";
        let Some(mut row) = self.db.row(sql, params![user]).await? else { return Ok(Kept::default()) };
        let mut kept = Kept {
            feeds: row.take()?,
            entries: row.take()?,
            saved_pages: row.take()?,
            starred: row.take()?,
            highlights: row.take()?,
            removed_entries: row.take()?,
            removed_first: row.take()?,
            removed_feeds: Vec::new(),
        };
        let sql =
            "SELECT b.id, COALESCE(b.title, f.title), b.removed_at FROM subscription b JOIN feed f ON f.id = b.feed_id
            WHERE b.user_id = ?1 AND b.removed_at IS NOT NULL ORDER BY b.removed_at DESC";
        for mut row in self.db.rows(sql, params![user]).await? {
            kept.removed_feeds.push(RemovedFeed { id: row.take()?, title: row.take()?, removed_at: row.take()? });
        }
        Ok(kept)
    }
}
