//! How far users have read in entries.

use jiff::Timestamp;
use yomu_model::ids::{EntryId, UserId};

use crate::value::params;
use crate::{Store, StoreError};

impl Store {
    /// How far the user has read in an entry, in thousandths of its text; none where nothing is known.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn reading_position(&self, user: UserId, entry: EntryId) -> Result<Option<u32>, StoreError> {
        let sql = "SELECT permille FROM reading_position WHERE entry_id = ?2 AND user_id = ?1";
        self.db.row(sql, params![user, entry]).await?.map(|mut row| row.take()).transpose()
    }

    /// Writes a position down; the last word counts, from whatever device. Says whether the user has such an entry.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn set_reading_position(
        &self,
        user: UserId,
        entry: EntryId,
        permille: u32,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let sql = "INSERT INTO reading_position (entry_id, user_id, permille, changed_at)
                   SELECT s.entry_id, s.user_id, CAST(?3 AS BIGINT), CAST(?4 AS BIGINT) FROM entry_state s
                   WHERE s.entry_id = ?2 AND s.user_id = ?1 AND s.removed_at IS NULL
                   ON CONFLICT (entry_id, user_id) DO UPDATE
                   SET permille = excluded.permille, changed_at = excluded.changed_at";
        Ok(self.db.execute(sql, params![user, entry, permille, now]).await? > 0)
    }
}
