//! Entries shown to anybody who has a link. Only the hash of a link's token is here.

use jiff::Timestamp;
use yomu_model::ids::{EntryId, ShareId, UserId};

use crate::compression::decompress;
use crate::value::params;
use crate::{Store, StoreError};

/// A link that a user gave out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// Its number.
    pub id: ShareId,
    /// The entry that it shows.
    pub entry_id: EntryId,
    /// The entry's title; may be empty.
    pub title: String,
    /// When it was made.
    pub created_at: Timestamp,
}

/// What a link shows: of the entry everything that its publisher wrote, of its reader nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedEntry {
    /// The entry's title; may be empty.
    pub title: String,
    /// Its address; may be empty.
    pub url: String,
    /// Its author; may be empty.
    pub author: String,
    /// The feed's own title, or the site of a saved page; may be empty.
    pub site: String,
    /// Its language (BCP 47).
    pub lang: Option<String>,
    /// When it was published.
    pub published_at: Option<Timestamp>,
    /// The beginning of its text.
    pub excerpt: String,
    /// How long reading takes.
    pub reading_minutes: u32,
    /// Its body as safe HTML: the article of its page where there is one, else the feed's text.
    pub html: String,
}

impl Store {
    /// Makes a link to an entry, unless its user has as many as allowed. None when the user has no such entry.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn share(
        &self,
        user: UserId,
        entry: EntryId,
        hash: [u8; 32],
        count_max: u32,
        now: Timestamp,
    ) -> Result<Option<bool>, StoreError> {
        let mut tx = self.begin_marking(user).await?;
        let has = "SELECT entry_id FROM entry_state WHERE entry_id = ?2 AND user_id = ?1 AND removed_at IS NULL";
        if tx.row(has, params![user, entry]).await?.is_none() {
            return Ok(None);
        }
        let sql = "SELECT COUNT(*) FROM share WHERE user_id = ?1";
        if tx.value::<u32>(sql, params![user]).await?.unwrap_or(0) >= count_max {
            return Ok(Some(false));
        }
        let sql = "INSERT INTO share (user_id, entry_id, hash, created_at) VALUES (?1, ?2, ?3, ?4)";
        tx.execute(sql, params![user, entry, hash, now]).await?;
        tx.commit().await?;
        Ok(Some(true))
    }

    /// The user's links, the newest first; of one entry or of all.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn shares(&self, user: UserId, entry: Option<EntryId>) -> Result<Vec<Share>, StoreError> {
        let sql = "SELECT h.id, h.entry_id, e.title, h.created_at FROM share h JOIN entry e ON e.id = h.entry_id
            WHERE h.user_id = ?1 AND (CAST(?2 AS BIGINT) IS NULL OR h.entry_id = ?2) ORDER BY h.id DESC";
        let rows = self.db.rows(sql, params![user, entry]).await?;
        rows.into_iter()
            .map(|mut row| {
                Ok(Share { id: row.take()?, entry_id: row.take()?, title: row.take()?, created_at: row.take()? })
            })
            .collect()
    }

    /// Revokes a link. Says whether the user had it.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn revoke_share(&self, user: UserId, id: ShareId) -> Result<bool, StoreError> {
        Ok(self.db.execute("DELETE FROM share WHERE user_id = ?1 AND id = ?2", params![user, id]).await? > 0)
    }

    /// What a link shows. An entry that its user removed is not shown.
    ///
    /// # Errors
    /// A failure of the database, or a damaged body.
    pub async fn shared_entry(&self, hash: [u8; 32]) -> Result<Option<SharedEntry>, StoreError> {
        let sql =
            "SELECT e.title, e.url, e.author, CASE WHEN f.is_saved_pages THEN COALESCE(e.site, '') ELSE f.title END,
              e.lang, e.published_at, e.excerpt, e.reading_minutes,
              (SELECT y.bytes FROM entry_body y WHERE y.entry_id = e.id ORDER BY y.kind DESC LIMIT 1)
            FROM share h JOIN entry_state s ON s.entry_id = h.entry_id AND s.user_id = h.user_id
              JOIN entry e ON e.id = h.entry_id JOIN feed f ON f.id = e.feed_id
            WHERE h.hash = ?1 AND s.removed_at IS NULL";
        let Some(mut row) = self.db.row(sql, params![hash]).await? else { return Ok(None) };
        Ok(Some(SharedEntry {
            title: row.take()?,
            url: row.take()?,
            author: row.take()?,
            site: row.take()?,
            lang: row.take()?,
            published_at: row.take()?,
            excerpt: row.take()?,
            reading_minutes: row.take()?,
            html: match row.take::<Option<Vec<u8>>>()? {
                Some(bytes) => decompress(&bytes)?,
                None => String::new(),
            },
        }))
    }

    /// Whether a link is good: it was not revoked, and its entry is there.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn is_shared(&self, hash: [u8; 32]) -> Result<bool, StoreError> {
        let sql = "SELECT h.id FROM share h JOIN entry_state s ON s.entry_id = h.entry_id AND s.user_id = h.user_id
            WHERE h.hash = ?1 AND s.removed_at IS NULL";
        Ok(self.db.row(sql, params![hash]).await?.is_some())
    }
}
