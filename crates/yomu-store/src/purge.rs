//! Removing for good what was removed long enough ago.

use jiff::Timestamp;

use crate::db::Tx;
use crate::tags::forget_unused_tags;
use crate::value::params;
use crate::{Store, StoreError};

impl Store {
    /// Deletes what users removed before a moment, and then every feed and entry that nobody has any more. Returns how
    /// many entries went.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn purge_removed(&self, before: Timestamp) -> Result<u64, StoreError> {
        let mut tx = self.db.begin().await?;
        tx.execute("DELETE FROM entry_state WHERE removed_at < ?1", params![before]).await?;
        tx.execute("DELETE FROM highlight WHERE removed_at < ?1", params![before]).await?;
        forget_unused_tags(&mut tx).await?;
        tx.execute("DELETE FROM subscription WHERE removed_at < ?1", params![before]).await?;
        let entries = forget_unread_feeds(&mut tx).await?;
        tx.commit().await?;
        Ok(entries)
    }
}

/// Deletes every feed and entry that nobody has any more. Returns how many entries went.
pub(crate) async fn forget_unread_feeds(tx: &mut Tx) -> Result<u64, StoreError> {
    // Saved pages go with their only reader; a feed's entries go with the feed.
    let pages = tx
        .execute(
            "DELETE FROM entry WHERE feed_id IN (SELECT id FROM feed WHERE is_saved_pages)
               AND NOT EXISTS (SELECT 1 FROM entry_state s WHERE s.entry_id = entry.id)",
            params![],
        )
        .await?;
    // What somebody kept of a feed that nobody reads any more stays, and the feed with it, but for its password.
    let unread = "NOT EXISTS (SELECT 1 FROM subscription b WHERE b.feed_id = feed.id)";
    let entries = tx
        .execute(
            &format!(
                "DELETE FROM entry WHERE feed_id IN (SELECT id FROM feed WHERE {unread})
                   AND NOT EXISTS (SELECT 1 FROM entry_state s WHERE s.entry_id = entry.id)"
            ),
            params![],
        )
        .await?;
    let empty = format!("{unread} AND NOT EXISTS (SELECT 1 FROM entry e WHERE e.feed_id = feed.id)");
    tx.execute(&format!("DELETE FROM feed WHERE {empty}"), params![]).await?;
    let forget = format!("UPDATE feed SET username = NULL, password = NULL WHERE password IS NOT NULL AND {unread}");
    tx.execute(&forget, params![]).await?;
    tx.execute("DELETE FROM icon WHERE NOT EXISTS (SELECT 1 FROM feed f WHERE f.icon_id = icon.id)", params![]).await?;
    Ok(pages + entries)
}
