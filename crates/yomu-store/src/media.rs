//! How far users have come in attached files.

use std::collections::HashMap;

use yomu_model::ids::{EntryId, UserId};

use crate::value::params;
use crate::{Store, StoreError};

/// The positions in the media of some entries.
pub(crate) const POSITIONS_OF: &str =
    "SELECT entry_id, number, seconds FROM media_position WHERE entry_id IN ({list:2}) AND user_id = ?1";

impl Store {
    /// The positions in seconds in the media of an entry, by the number of the file, where there are any.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn media_positions(&self, user: UserId, entry: EntryId) -> Result<HashMap<u32, u32>, StoreError> {
        let sql = "SELECT number, seconds FROM media_position WHERE entry_id = ?2 AND user_id = ?1";
        let rows = self.db.rows(sql, params![user, entry]).await?;
        rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
    }

    /// Writes a position down. Says whether the user has such an entry.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn set_media_position(
        &self,
        user: UserId,
        entry: EntryId,
        number: u32,
        seconds: u32,
    ) -> Result<bool, StoreError> {
        let sql = "INSERT INTO media_position (entry_id, user_id, number, seconds)
                   SELECT s.entry_id, s.user_id, CAST(?3 AS BIGINT), CAST(?4 AS BIGINT) FROM entry_state s
                   WHERE s.entry_id = ?2 AND s.user_id = ?1 AND s.removed_at IS NULL
                   ON CONFLICT (entry_id, user_id, number) DO UPDATE SET seconds = excluded.seconds";
        Ok(self.db.execute(sql, params![user, entry, number, seconds]).await? > 0)
    }
}
