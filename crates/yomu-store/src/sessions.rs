//! Devices on which people are signed in. A browser holds a random value; here is only its hash.

use jiff::{SignedDuration, Timestamp};
use yomu_model::ids::{SessionId, UserId};

use crate::users::{self, User};
use crate::value::{Row, params};
use crate::{Store, StoreError};

/// How long a session may live.
#[derive(Debug, Clone, Copy)]
pub struct SessionLife {
    /// Without any sign of life.
    pub idle: SignedDuration,
    /// In all.
    pub whole: SignedDuration,
}

/// One device of a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its number.
    pub id: SessionId,
    /// What the browser said it is.
    pub device: String,
    /// When the user signed in there.
    pub created_at: Timestamp,
    /// The last sign of life, to the minute.
    pub seen_at: Timestamp,
}

/// Whose session it is, and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// The session.
    pub session: SessionId,
    /// Its user.
    pub user: User,
    /// The last sign of life, to the minute.
    pub seen_at: Timestamp,
}

/// The oldest moments at which a session that lives now may have been made and seen.
struct Bounds {
    created_after: Timestamp,
    seen_after: Timestamp,
}

impl SessionLife {
    fn bounds(self, now: Timestamp) -> Bounds {
        let before = |life| now.checked_sub(life).unwrap_or(Timestamp::MIN);
        Bounds { created_after: before(self.whole), seen_after: before(self.idle) }
    }
}

impl Store {
    /// Starts a session.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn create_session(
        &self,
        user: UserId,
        hash: [u8; 32],
        device: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO session (hash, user_id, device, created_at, seen_at) VALUES (?1, ?2, ?3, ?4, ?4)";
        self.db.execute(sql, params![hash, user, device, now]).await.map(drop)
    }

    /// The living session of a hash.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn session(
        &self,
        hash: [u8; 32],
        life: SessionLife,
        now: Timestamp,
    ) -> Result<Option<SignedIn>, StoreError> {
        let columns = users::COLUMNS;
        let sql = format!(
            "SELECT s.id, s.seen_at, {columns} FROM session s JOIN user_account u ON u.id = s.user_id
             WHERE s.hash = ?1 AND s.created_at > ?2 AND s.seen_at > ?3"
        );
        let Bounds { created_after, seen_after } = life.bounds(now);
        let Some(mut row) = self.db.row(&sql, params![hash, created_after, seen_after]).await? else { return Ok(None) };
        Ok(Some(SignedIn { session: row.take()?, seen_at: row.take()?, user: users::read(&mut row)? }))
    }

    /// Notes a sign of life.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn touch_session(&self, id: SessionId, now: Timestamp) -> Result<(), StoreError> {
        self.db.execute("UPDATE session SET seen_at = ?2 WHERE id = ?1", params![id, now]).await.map(drop)
    }

    /// The user's living sessions, the last seen first.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn sessions(&self, user: UserId, life: SessionLife, now: Timestamp) -> Result<Vec<Session>, StoreError> {
        let sql = "SELECT id, device, created_at, seen_at FROM session
             WHERE user_id = ?1 AND created_at > ?2 AND seen_at > ?3 ORDER BY seen_at DESC, id DESC";
        let Bounds { created_after, seen_after } = life.bounds(now);
        self.db.rows(sql, params![user, created_after, seen_after]).await?.into_iter().map(read).collect()
    }

    /// Ends a session. Returns its hash; none when the user has no such session.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn end_session(&self, user: UserId, id: SessionId) -> Result<Option<[u8; 32]>, StoreError> {
        let mut tx = self.db.begin().await?;
        let sql = "DELETE FROM session WHERE user_id = ?1 AND id = ?2 RETURNING hash";
        let hash = tx.value(sql, params![user, id]).await?;
        tx.commit().await?;
        Ok(hash)
    }

    /// Ends the session of a hash, if there is one.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn end_session_of(&self, hash: [u8; 32]) -> Result<(), StoreError> {
        self.db.execute("DELETE FROM session WHERE hash = ?1", params![hash]).await.map(drop)
    }

    /// Ends all sessions of a user. Returns their hashes.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn end_sessions(&self, user: UserId) -> Result<Vec<[u8; 32]>, StoreError> {
        let mut tx = self.db.begin().await?;
        let rows = tx.rows("DELETE FROM session WHERE user_id = ?1 RETURNING hash", params![user]).await?;
        tx.commit().await?;
        rows.into_iter().map(|mut row| row.take()).collect()
    }

    /// The hashes of everything that lets somebody in as this user: sessions, and app passwords in both of their forms.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn credential_hashes(&self, user: UserId) -> Result<Vec<[u8; 32]>, StoreError> {
        let sql = "SELECT hash FROM session WHERE user_id = ?1
             UNION ALL SELECT hash FROM app_password WHERE user_id = ?1
             UNION ALL SELECT fever_hash FROM app_password WHERE user_id = ?1";
        self.db.rows(sql, params![user]).await?.into_iter().map(|mut row| row.take()).collect()
    }

    /// Deletes sessions that live no more, and invitations that ran out.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn purge_sessions(&self, life: SessionLife, now: Timestamp) -> Result<u64, StoreError> {
        let Bounds { created_after, seen_after } = life.bounds(now);
        let mut tx = self.db.begin().await?;
        let sql = "DELETE FROM session WHERE seen_at <= ?1 OR created_at <= ?2";
        let sessions = tx.execute(sql, params![seen_after, created_after]).await?;
        let invitations = tx.execute("DELETE FROM invitation WHERE expires_at <= ?1", params![now]).await?;
        tx.commit().await?;
        Ok(sessions + invitations)
    }
}

fn read(mut row: Row) -> Result<Session, StoreError> {
    Ok(Session { id: row.take()?, device: row.take()?, created_at: row.take()?, seen_at: row.take()? })
}
