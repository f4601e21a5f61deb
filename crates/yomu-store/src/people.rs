//! What an admin sees of the people and of the whole: numbers, never what anybody reads.

use jiff::Timestamp;
use yomu_model::ids::UserId;

use crate::db::Tx;
use crate::purge::forget_unread_feeds;
use crate::users::{self, User};
use crate::value::{Row, params};
use crate::{FeedHealth, Store, StoreError};

/// A user, with how much they have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The user.
    pub user: User,
    /// The address at the identity provider; none for a local user.
    pub email: Option<String>,
    /// Since when there is the account.
    pub created_at: Timestamp,
    /// The last sign of life on a device that is still signed in.
    pub seen_at: Option<Timestamp>,
    /// Subscriptions.
    pub feeds: u32,
    /// Entries, of feeds and saved.
    pub entries: u32,
    /// Saved pages.
    pub saved_pages: u32,
    /// Bytes of saved pages as they are stored. Feeds are shared, so their entries are nobody's alone.
    pub saved_bytes: i64,
}

/// How much there is in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Storage {
    /// Bytes of the database.
    pub bytes: i64,
    /// Feeds.
    pub feeds: u32,
    /// Entries.
    pub entries: u32,
}

/// A feed that fails, for whom it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TroubledFeed {
    /// Its title; may be empty.
    pub title: String,
    /// Its address.
    pub url: String,
    /// How many people read it.
    pub readers: u32,
    /// How it fails.
    pub health: FeedHealth,
}

/// What became of a wish about an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountChange {
    /// It was done.
    Done,
    /// There would be no admin left.
    LastAdmin,
    /// There is no such user.
    NotFound,
}

impl Store {
    /// Everybody, the oldest account first.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn people(&self) -> Result<Vec<Person>, StoreError> {
        let columns = users::COLUMNS;
        let pages = "FROM subscription b JOIN feed f ON f.id = b.feed_id AND f.is_saved_pages
             JOIN entry_state s ON s.subscription_id = b.id AND s.removed_at IS NULL";
        let sql = format!(
            "SELECT {columns}, (SELECT MIN(i.email) FROM user_identity i WHERE i.user_id = u.id), u.created_at,
               (SELECT MAX(v.seen_at) FROM session v WHERE v.user_id = u.id),
               (SELECT COUNT(*) FROM subscription b JOIN feed f ON f.id = b.feed_id
                WHERE b.user_id = u.id AND b.removed_at IS NULL AND NOT f.is_saved_pages),
               (SELECT COUNT(*) FROM entry_state s WHERE s.user_id = u.id AND s.removed_at IS NULL),
               (SELECT COUNT(*) {pages} WHERE b.user_id = u.id),
               (SELECT CAST(COALESCE(SUM(LENGTH(y.bytes)), 0) AS BIGINT) {pages}
                JOIN entry_body y ON y.entry_id = s.entry_id WHERE b.user_id = u.id)
             FROM user_account u ORDER BY u.id"
        );
        self.db.rows(&sql, params![]).await?.into_iter().map(read_person).collect()
    }

    /// How much there is in all.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn storage(&self) -> Result<Storage, StoreError> {
        let sql = "SELECT {database_bytes}, (SELECT COUNT(*) FROM feed WHERE NOT is_saved_pages), (SELECT COUNT(*) FROM entry)";
        let mut row = self.db.row(sql, params![]).await?.ok_or(StoreError::Decode { expected: "a number" })?;
        Ok(Storage { bytes: row.take()?, feeds: row.take()?, entries: row.take()? })
    }

    /// Feeds that fail, the longest failing first.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn troubled_feeds(&self, limit: u32) -> Result<Vec<TroubledFeed>, StoreError> {
        let sql = "SELECT f.title, f.url,
               (SELECT COUNT(*) FROM subscription b WHERE b.feed_id = f.id AND b.removed_at IS NULL),
               f.checked_at, f.changed_at, f.next_check_at, f.error_count, f.error_kind, f.error_text, f.error_since
             FROM feed f WHERE f.error_count > 0 OR f.error_kind IS NOT NULL
             ORDER BY COALESCE(f.error_since, 0), f.id LIMIT ?1";
        self.db.rows(sql, params![limit]).await?.into_iter().map(read_troubled).collect()
    }

    /// Makes somebody an admin, or an admin an ordinary user.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn set_admin(&self, user: UserId, is_admin: bool) -> Result<AccountChange, StoreError> {
        let mut tx = self.db.begin().await?;
        if !is_admin && is_last_admin(&mut tx, user).await? {
            return Ok(AccountChange::LastAdmin);
        }
        let sql = "UPDATE user_account SET is_admin = ?2 WHERE id = ?1";
        let changed = tx.execute(sql, params![user, is_admin]).await?;
        tx.commit().await?;
        Ok(if changed > 0 { AccountChange::Done } else { AccountChange::NotFound })
    }

    /// Deletes a user with everything that is theirs: devices, passwords, folders, subscriptions, marks, saved pages; and
    /// the feeds that nobody else reads. There is no way back.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn delete_user(&self, user: UserId) -> Result<AccountChange, StoreError> {
        let mut tx = self.db.begin().await?;
        if is_last_admin(&mut tx, user).await? {
            return Ok(AccountChange::LastAdmin);
        }
        // By the user's own index, instead of once for each subscription.
        tx.execute("DELETE FROM entry_state WHERE user_id = ?1", params![user]).await?;
        if tx.execute("DELETE FROM user_account WHERE id = ?1", params![user]).await? == 0 {
            return Ok(AccountChange::NotFound);
        }
        forget_unread_feeds(&mut tx).await?;
        tx.commit().await?;
        Ok(AccountChange::Done)
    }
}

/// Whether nobody else is an admin. All admins' rows are held, so that two do not leave at once.
async fn is_last_admin(tx: &mut Tx, user: UserId) -> Result<bool, StoreError> {
    let rows = tx.rows("SELECT id FROM user_account WHERE is_admin ORDER BY id {lock}", params![]).await?;
    let admins = rows.into_iter().map(|mut row| row.take()).collect::<Result<Vec<UserId>, _>>()?;
    Ok(admins == [user])
}

fn read_person(mut row: Row) -> Result<Person, StoreError> {
    Ok(Person {
        user: users::read(&mut row)?,
        email: row.take()?,
        created_at: row.take()?,
        seen_at: row.take()?,
        feeds: row.take()?,
        entries: row.take()?,
        saved_pages: row.take()?,
        saved_bytes: row.take()?,
    })
}

fn read_troubled(mut row: Row) -> Result<TroubledFeed, StoreError> {
    Ok(TroubledFeed {
        title: row.take()?,
        url: row.take()?,
        readers: row.take()?,
        health: FeedHealth {
            checked_at: row.take()?,
            changed_at: row.take()?,
            next_check_at: row.take()?,
            error_count: row.take()?,
            error_kind: row.take()?,
            error_text: row.take()?,
            error_since: row.take()?,
            problems: None,
        },
    })
}
