//! Folders of subscriptions.

use yomu_model::ids::{FolderId, UserId};

use crate::value::{Row, params};
use crate::{Store, StoreError};

/// A folder, with what a sidebar shows of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// The folder's number.
    pub id: FolderId,
    /// Its title, unique for the user.
    pub title: String,
    /// How many subscriptions it holds.
    pub feed_count: u32,
    /// How many unread entries they have.
    pub unread_count: u32,
}

impl Store {
    /// The user's folders by title. The cost is one look at each subscription.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn folders(&self, user: UserId) -> Result<Vec<Folder>, StoreError> {
        let rows = self
            .db
            .rows(
                "SELECT d.id, d.title, COUNT(b.id), CAST(COALESCE(SUM(b.unread_count), 0) AS BIGINT)
                 FROM folder d LEFT JOIN subscription b ON b.folder_id = d.id AND b.removed_at IS NULL
                 WHERE d.user_id = ?1 GROUP BY d.id, d.title ORDER BY LOWER(d.title), d.id",
                params![user],
            )
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// One folder of the user.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn folder(&self, user: UserId, id: FolderId) -> Result<Option<Folder>, StoreError> {
        Ok(self.folders(user).await?.into_iter().find(|folder| folder.id == id))
    }

    /// The folder of this title, made if there is none.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn folder_named(&self, user: UserId, title: &str) -> Result<FolderId, StoreError> {
        let mut tx = self.db.begin().await?;
        tx.execute(
            "INSERT INTO folder (user_id, title) VALUES (?1, ?2) ON CONFLICT (user_id, title) DO NOTHING",
            params![user, title],
        )
        .await?;
        let id = tx
            .value("SELECT id FROM folder WHERE user_id = ?1 AND title = ?2", params![user, title])
            .await?
            .ok_or(StoreError::Decode { expected: "a new number" })?;
        tx.commit().await?;
        Ok(id)
    }

    /// Gives a folder another title. Says whether the user has such a folder.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] when another folder has the title.
    pub async fn rename_folder(&self, user: UserId, id: FolderId, title: &str) -> Result<bool, StoreError> {
        let sql = "UPDATE folder SET title = ?3 WHERE user_id = ?1 AND id = ?2";
        Ok(self.db.execute(sql, params![user, id, title]).await? > 0)
    }

    /// Removes a folder; its subscriptions stay, outside any folder. Says whether the user had such a folder.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn remove_folder(&self, user: UserId, id: FolderId) -> Result<bool, StoreError> {
        let mut tx = self.db.begin().await?;
        tx.execute("UPDATE entry_state SET folder_id = NULL WHERE user_id = ?1 AND folder_id = ?2", params![user, id])
            .await?;
        let removed = tx.execute("DELETE FROM folder WHERE user_id = ?1 AND id = ?2", params![user, id]).await?;
        tx.commit().await?;
        Ok(removed > 0)
    }
}

fn read(mut row: Row) -> Result<Folder, StoreError> {
    Ok(Folder { id: row.take()?, title: row.take()?, feed_count: row.take()?, unread_count: row.take()? })
}
