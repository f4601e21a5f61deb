//! Passwords for apps that cannot sign in through a browser. Only keyed hashes are stored; the caller holds the key.

use jiff::{SignedDuration, Timestamp};
use yomu_model::ids::{AppPasswordId, UserId};

use crate::users::{self, User};
use crate::value::{Row, params};
use crate::{Store, StoreError};

/// A use is written down at most this often: apps ask every few seconds, and people look at it once a month.
const USE_NOTED_EVERY: SignedDuration = SignedDuration::from_secs(60);

/// A password for one app, as its owner sees it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppPassword {
    /// Its number.
    pub id: AppPasswordId,
    /// What its owner called it.
    pub name: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When an app last used it, to the minute.
    pub used_at: Option<Timestamp>,
}

/// A password to store.
#[derive(Debug, Clone, Copy)]
pub struct NewAppPassword<'a> {
    /// What its owner calls it.
    pub name: &'a str,
    /// The keyed hash of the password.
    pub hash: [u8; 32],
    /// The keyed hash of what the Fever API sends: the MD5 of name and password.
    pub fever_hash: [u8; 32],
}

impl Store {
    /// Stores a password, unless its owner has as many as allowed.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn create_app_password(
        &self,
        user: UserId,
        new: NewAppPassword<'_>,
        count_max: u32,
        now: Timestamp,
    ) -> Result<Option<AppPasswordId>, StoreError> {
        let mut tx = self.db.begin().await?;
        // Its owner's row is held, so that two at once do not both see room for one more.
        tx.rows("SELECT id FROM user_account WHERE id = ?1 {lock}", params![user]).await?;
        let sql = "SELECT COUNT(*) FROM app_password WHERE user_id = ?1";
        if tx.value::<u32>(sql, params![user]).await?.unwrap_or(0) >= count_max {
            return Ok(None);
        }
        let id = tx
            .value(
                "INSERT INTO app_password (user_id, name, hash, fever_hash, created_at)
                 VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id",
                params![user, new.name, new.hash, new.fever_hash, now],
            )
            .await?;
        tx.commit().await?;
        Ok(id)
    }

    /// The user's passwords, the newest first.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn app_passwords(&self, user: UserId) -> Result<Vec<AppPassword>, StoreError> {
        let sql = "SELECT id, name, created_at, used_at FROM app_password WHERE user_id = ?1 ORDER BY id DESC";
        self.db.rows(sql, params![user]).await?.into_iter().map(read).collect()
    }

    /// Ends a password. Returns its two hashes; none when the user has no such password.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn remove_app_password(
        &self,
        user: UserId,
        id: AppPasswordId,
    ) -> Result<Option<[[u8; 32]; 2]>, StoreError> {
        let mut tx = self.db.begin().await?;
        let sql = "DELETE FROM app_password WHERE user_id = ?1 AND id = ?2 RETURNING hash, fever_hash";
        let row = tx.row(sql, params![user, id]).await?;
        tx.commit().await?;
        row.map(|mut row| Ok([row.take()?, row.take()?])).transpose()
    }

    /// Whose password this is, by its hash.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn app_password_user(&self, hash: [u8; 32], now: Timestamp) -> Result<Option<User>, StoreError> {
        self.user_of_app_password("hash", hash, now).await
    }

    /// The same for what the Fever API sends.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn fever_user(&self, fever_hash: [u8; 32], now: Timestamp) -> Result<Option<User>, StoreError> {
        self.user_of_app_password("fever_hash", fever_hash, now).await
    }

    async fn user_of_app_password(
        &self,
        column: &'static str,
        hash: [u8; 32],
        now: Timestamp,
    ) -> Result<Option<User>, StoreError> {
        let columns = users::COLUMNS;
        let sql = format!(
            "SELECT p.id, p.used_at, {columns} FROM app_password p JOIN user_account u ON u.id = p.user_id
             WHERE p.{column} = ?1"
        );
        let Some(mut row) = self.db.row(&sql, params![hash]).await? else { return Ok(None) };
        let id: AppPasswordId = row.take()?;
        let used_at: Option<Timestamp> = row.take()?;
        let user = users::read(&mut row)?;
        if used_at.is_none_or(|time| now.duration_since(time) >= USE_NOTED_EVERY) {
            self.db.execute("UPDATE app_password SET used_at = ?2 WHERE id = ?1", params![id, now]).await?;
        }
        Ok(Some(user))
    }
}

fn read(mut row: Row) -> Result<AppPassword, StoreError> {
    Ok(AppPassword { id: row.take()?, name: row.take()?, created_at: row.take()?, used_at: row.take()? })
}
