//! Marks as apps make them: a filter marked read, many stars at once, the other star, and read entries out of sight.

use jiff::Timestamp;
use yomu_model::ids::{EntryId, UserId};

use crate::marks::{finish, finish_removing};
use crate::value::params;
use crate::{EntryFilter, Marked, SortKey, Store, StoreError};

impl Store {
    /// Marks everything read that meets a filter.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn mark_filtered(
        &self,
        user: UserId,
        filter: &EntryFilter,
        now: Timestamp,
    ) -> Result<Marked, StoreError> {
        let unread = EntryFilter { unread: Some(true), ..filter.clone() };
        let mut scope = self.scope_of(user, &unread, SortKey::Published).await?;
        let at = scope.push(now);
        let sql = format!(
            "UPDATE entry_state SET unread = FALSE, read_at = ?{at}, changed_at = ?{at}
             WHERE user_id = ?1 AND unread AND entry_id IN (SELECT s.entry_id FROM {}) RETURNING subscription_id",
            scope.text()
        );
        let mut tx = self.begin_marking(user).await?;
        let rows = tx.rows(&sql, scope.params).await?;
        finish(tx, rows, false, now).await
    }

    /// Stars entries or takes their stars away. Numbers that are not the user's are passed over. Returns how many the
    /// user has.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn star_entries(
        &self,
        user: UserId,
        entries: &[EntryId],
        starred: bool,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        let ids: Vec<i64> = entries.iter().map(|id| id.get()).collect();
        let mut tx = self.begin_marking(user).await?;
        let changed = tx
            .execute(
                "UPDATE entry_state SET starred = ?3,
                   changed_at = CASE WHEN starred = ?3 THEN changed_at ELSE CAST(?4 AS BIGINT) END,
                   starred_at = CASE WHEN ?3 THEN COALESCE(starred_at, CAST(?4 AS BIGINT)) ELSE NULL END
                 WHERE entry_id IN ({list:2}) AND user_id = ?1 AND removed_at IS NULL",
                params![user, ids, starred, now],
            )
            .await?;
        tx.commit().await?;
        Ok(changed)
    }

    /// Stars an entry that is not starred, and takes the star from one that is. Says whether it is starred now; none
    /// when the user has no such entry.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn toggle_star(&self, user: UserId, entry: EntryId, now: Timestamp) -> Result<Option<bool>, StoreError> {
        let mut tx = self.begin_marking(user).await?;
        let starred = tx
            .value(
                "UPDATE entry_state SET starred = NOT starred, changed_at = ?3,
                   starred_at = CASE WHEN starred THEN NULL ELSE CAST(?3 AS BIGINT) END
                 WHERE entry_id = ?2 AND user_id = ?1 AND removed_at IS NULL RETURNING starred",
                params![user, entry, now],
            )
            .await?;
        tx.commit().await?;
        Ok(starred)
    }

    /// Hides everything that was read and is not starred. Saved pages stay.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn remove_read(&self, user: UserId, now: Timestamp) -> Result<Marked, StoreError> {
        let mut tx = self.begin_marking(user).await?;
        let rows = tx
            .rows(
                "UPDATE entry_state SET removed_at = ?2, changed_at = ?2
                 WHERE user_id = ?1 AND NOT unread AND NOT starred AND removed_at IS NULL AND subscription_id IN
                   (SELECT b.id FROM subscription b JOIN feed f ON f.id = b.feed_id
                    WHERE b.user_id = ?1 AND NOT f.is_saved_pages)
                 RETURNING subscription_id",
                params![user, now],
            )
            .await?;
        finish_removing(tx, rows, now).await
    }
}
