//! Passwords of feeds as they lie in the database. The caller seals them; here they are texts.

use yomu_model::ids::FeedId;
use yomu_model::secret::Secret;

use crate::value::params;
use crate::{Store, StoreError};

impl Store {
    /// Passwords of feeds with higher numbers than `after`, in the order of the feeds, some of them.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn feed_passwords(&self, after: FeedId, limit: u32) -> Result<Vec<(FeedId, Secret)>, StoreError> {
        let sql = "SELECT id, password FROM feed
             WHERE owner_id IS NOT NULL AND password IS NOT NULL AND id > ?1 ORDER BY id LIMIT ?2";
        let rows = self.db.rows(sql, params![after, limit]).await?;
        rows.into_iter().map(|mut row| Ok((row.take()?, Secret::new(row.take::<String>()?)))).collect()
    }

    /// Replaces a password, unless it was changed meanwhile.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn replace_feed_password(&self, feed: FeedId, old: &Secret, new: &Secret) -> Result<(), StoreError> {
        let sql = "UPDATE feed SET password = ?3 WHERE id = ?1 AND password = ?2";
        self.db.execute(sql, params![feed, old.expose(), new.expose()]).await.map(drop)
    }
}
