//! Searches that users keep under a name, and their rules for all feeds.

use jiff::Timestamp;
use yomu_model::ids::{SearchId, UserId};
use yomu_model::name::SearchName;

use crate::value::{Row, params};
use crate::{Order, Store, StoreError};

/// A search that a user keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedSearch {
    /// Its number.
    pub id: SearchId,
    /// Its name, unique for the user.
    pub name: String,
    /// What was typed.
    pub query: String,
    /// In which direction its results run.
    pub order: Order,
}

/// A search to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSearch {
    /// Its name.
    pub name: SearchName,
    /// What was typed.
    pub query: String,
    /// In which direction its results run.
    pub order: Order,
}

const COLUMNS: &str = "id, name, query, oldest_first";

impl Store {
    /// The user's searches by name.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn saved_searches(&self, user: UserId) -> Result<Vec<SavedSearch>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM saved_search WHERE user_id = ?1 ORDER BY LOWER(name), id");
        self.db.rows(&sql, params![user]).await?.into_iter().map(read).collect()
    }

    /// One search of the user's.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn saved_search(&self, user: UserId, id: SearchId) -> Result<Option<SavedSearch>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM saved_search WHERE user_id = ?1 AND id = ?2");
        self.db.row(&sql, params![user, id]).await?.map(read).transpose()
    }

    /// Keeps a search, unless its user has as many as allowed.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] when another has the name; a failure of the database.
    pub async fn save_search(
        &self,
        user: UserId,
        new: &NewSearch,
        count_max: u32,
        now: Timestamp,
    ) -> Result<Option<SearchId>, StoreError> {
        let mut tx = self.begin_marking(user).await?;
        let sql = "SELECT COUNT(*) FROM saved_search WHERE user_id = ?1";
        if tx.value::<u32>(sql, params![user]).await?.unwrap_or(0) >= count_max {
            return Ok(None);
        }
        let id = tx
            .value(
                "INSERT INTO saved_search (user_id, name, query, oldest_first, created_at)
                 VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id",
                params![user, new.name.as_str(), new.query.as_str(), new.order == Order::Oldest, now],
            )
            .await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Changes a search. Says whether the user has it.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] when another has the name; a failure of the database.
    pub async fn change_search(&self, user: UserId, id: SearchId, new: &NewSearch) -> Result<bool, StoreError> {
        let sql = "UPDATE saved_search SET name = ?3, query = ?4, oldest_first = ?5 WHERE user_id = ?1 AND id = ?2";
        let oldest_first = new.order == Order::Oldest;
        Ok(self.db.execute(sql, params![user, id, new.name.as_str(), new.query.as_str(), oldest_first]).await? > 0)
    }

    /// Forgets a search. Says whether the user had it.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn remove_search(&self, user: UserId, id: SearchId) -> Result<bool, StoreError> {
        let sql = "DELETE FROM saved_search WHERE user_id = ?1 AND id = ?2";
        Ok(self.db.execute(sql, params![user, id]).await? > 0)
    }

    /// The user's rules for all feeds, one a line.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn rules(&self, user: UserId) -> Result<String, StoreError> {
        let sql = "SELECT rules FROM user_account WHERE id = ?1";
        Ok(self.db.value(sql, params![user]).await?.unwrap_or_default())
    }

    /// Sets the user's rules for all feeds.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn set_rules(&self, user: UserId, rules: &str) -> Result<(), StoreError> {
        self.db.execute("UPDATE user_account SET rules = ?2 WHERE id = ?1", params![user, rules]).await.map(drop)
    }
}

fn read(mut row: Row) -> Result<SavedSearch, StoreError> {
    Ok(SavedSearch {
        id: row.take()?,
        name: row.take()?,
        query: row.take()?,
        order: if row.take::<bool>()? { Order::Oldest } else { Order::Newest },
    })
}
