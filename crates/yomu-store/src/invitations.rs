//! Invitations: links that let one person in, once. Only the hash of a link's token is here.

use jiff::Timestamp;
use yomu_model::ids::{InvitationId, UserId};

use crate::value::{Row, params};
use crate::{Store, StoreError};

/// An invitation that nobody has used yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Its number.
    pub id: InvitationId,
    /// For whom it is, in the words of the one who made it.
    pub note: String,
    /// Who made it.
    pub created_by: String,
    /// When it stops being good.
    pub expires_at: Timestamp,
}

const SELECT: &str =
    "SELECT i.id, i.note, u.name, i.expires_at FROM invitation i JOIN user_account u ON u.id = i.created_by";

impl Store {
    /// Stores an invitation.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn create_invitation(
        &self,
        by: UserId,
        hash: [u8; 32],
        note: &str,
        expires_at: Timestamp,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO invitation (hash, created_by, note, created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)";
        self.db.execute(sql, params![hash, by, note, now, expires_at]).await.map(drop)
    }

    /// All invitations that are still good, the newest first.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn invitations(&self, now: Timestamp) -> Result<Vec<Invitation>, StoreError> {
        let sql = format!("{SELECT} WHERE i.expires_at > ?1 ORDER BY i.id DESC");
        self.db.rows(&sql, params![now]).await?.into_iter().map(read).collect()
    }

    /// The invitation of a hash, if it is still good.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn invitation(&self, hash: [u8; 32], now: Timestamp) -> Result<Option<Invitation>, StoreError> {
        let sql = format!("{SELECT} WHERE i.hash = ?1 AND i.expires_at > ?2");
        self.db.row(&sql, params![hash, now]).await?.map(read).transpose()
    }

    /// Takes an invitation back. Says whether there was one.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn remove_invitation(&self, id: InvitationId) -> Result<bool, StoreError> {
        Ok(self.db.execute("DELETE FROM invitation WHERE id = ?1", params![id]).await? > 0)
    }
}

fn read(mut row: Row) -> Result<Invitation, StoreError> {
    Ok(Invitation { id: row.take()?, note: row.take()?, created_by: row.take()?, expires_at: row.take()? })
}
