//! Feed icons, stored once however many feeds share one.

use jiff::Timestamp;
use yomu_model::ids::{FeedId, IconId, UserId};

use crate::value::params;
use crate::{Store, StoreError};

/// A small picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Icon {
    /// Its kind, such as `image/png`; one of those that the fetcher lets through.
    pub media_type: String,
    /// The picture.
    pub bytes: Vec<u8>,
}

impl Store {
    /// Notes that a feed's icon was looked for, and the icon if there is one. An icon that vanished is kept.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn set_icon(&self, feed: FeedId, icon: Option<(&[u8], &Icon)>, now: Timestamp) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        if let Some((hash, icon)) = icon {
            tx.execute(
                "INSERT INTO icon (hash, media_type, bytes) VALUES (?1, ?2, ?3) ON CONFLICT (hash) DO NOTHING",
                params![hash, icon.media_type.as_str(), icon.bytes.as_slice()],
            )
            .await?;
            tx.execute(
                "UPDATE feed SET icon_id = (SELECT id FROM icon WHERE hash = ?2) WHERE id = ?1",
                params![feed, hash],
            )
            .await?;
        }
        tx.execute("UPDATE feed SET icon_checked_at = ?2 WHERE id = ?1", params![feed, now]).await?;
        tx.commit().await
    }

    /// An icon by its number, for somebody who reads a feed that has it.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn icon(&self, user: UserId, id: IconId) -> Result<Option<Icon>, StoreError> {
        let sql = "SELECT media_type, bytes FROM icon WHERE id = ?2 AND EXISTS
             (SELECT 1 FROM feed f JOIN subscription b ON b.feed_id = f.id WHERE f.icon_id = ?2 AND b.user_id = ?1)";
        let row = self.db.row(sql, params![user, id]).await?;
        row.map(|mut row| Ok(Icon { media_type: row.take()?, bytes: row.take()? })).transpose()
    }
}
