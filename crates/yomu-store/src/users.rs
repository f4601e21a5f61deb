//! People who read.

use jiff::Timestamp;
use yomu_model::ids::UserId;
use yomu_model::reading::Reading;

use crate::db::Tx;
use crate::value::{Row, params};
use crate::{Store, StoreError};

/// The address of a user's feed of saved pages; it is never fetched.
const SAVED_PAGES_URL: &str = "yomu:saved";

/// One who reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// The user's number.
    pub id: UserId,
    /// The name shown to people.
    pub name: String,
    /// Whether the user looks after the others.
    pub is_admin: bool,
    /// The language of the pages, `en` or `ja`; none to follow the browser.
    pub language: Option<String>,
    /// The time zone by its IANA name, such as `Asia/Tokyo`; none to follow the server.
    pub time_zone: Option<String>,
    /// How pages look and articles are set.
    pub reading: Reading,
}

/// The columns of a [`User`], of `user_account u`, in the order of [`read`].
pub(crate) const COLUMNS: &str = "u.id, u.name, u.is_admin, u.language, u.time_zone, u.reading";

impl Store {
    /// The one local user of a reader that runs for one person; made at the first start. Where people sign in, it is the
    /// first admin.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn local_user(&self, now: Timestamp) -> Result<User, StoreError> {
        if let Some(user) = self.first_user().await? {
            return Ok(user);
        }
        match self.create_user("reader", true, now).await {
            // Another replica was faster.
            Err(StoreError::Duplicate) => {
                self.first_user().await?.ok_or(StoreError::Decode { expected: "a user of that name" })
            }
            made => made,
        }
    }

    /// Makes a user, with a place for saved pages.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] when the name is taken.
    pub async fn create_user(&self, name: &str, is_admin: bool, now: Timestamp) -> Result<User, StoreError> {
        let mut tx = self.db.begin().await?;
        let id = create_account(&mut tx, name, is_admin, now).await?;
        tx.commit().await?;
        Ok(User { id, name: name.to_owned(), is_admin, language: None, time_zone: None, reading: Reading::default() })
    }

    /// Sets how a user wants the pages.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn set_preferences(
        &self,
        user: UserId,
        language: Option<&str>,
        time_zone: Option<&str>,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE user_account SET language = ?2, time_zone = ?3 WHERE id = ?1";
        self.db.execute(sql, params![user, language, time_zone]).await.map(drop)
    }

    /// Sets how a user's pages look and articles are set.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn set_reading(&self, user: UserId, reading: Reading) -> Result<(), StoreError> {
        let words = reading.to_string();
        let words = Some(words.as_str()).filter(|words| !words.is_empty());
        self.db.execute("UPDATE user_account SET reading = ?2 WHERE id = ?1", params![user, words]).await.map(drop)
    }

    /// A user by number.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn user(&self, id: UserId) -> Result<Option<User>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM user_account u WHERE u.id = ?1");
        self.db.row(&sql, params![id]).await?.map(|mut row| read(&mut row)).transpose()
    }

    async fn first_user(&self) -> Result<Option<User>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM user_account u ORDER BY u.is_admin DESC, u.id LIMIT 1");
        self.db.row(&sql, params![]).await?.map(|mut row| read(&mut row)).transpose()
    }
}

/// Takes the [`COLUMNS`] of a user.
pub(crate) fn read(row: &mut Row) -> Result<User, StoreError> {
    Ok(User {
        id: row.take()?,
        name: row.take()?,
        is_admin: row.take()?,
        language: row.take()?,
        time_zone: row.take()?,
        reading: Reading::from_words(row.take::<Option<String>>()?.as_deref().unwrap_or_default()),
    })
}

/// Makes an account, with a place for saved pages.
pub(crate) async fn create_account(
    tx: &mut Tx,
    name: &str,
    is_admin: bool,
    now: Timestamp,
) -> Result<UserId, StoreError> {
    let id = tx
        .value(
            "INSERT INTO user_account (name, is_admin, created_at) VALUES (?1, ?2, ?3) RETURNING id",
            params![name, is_admin, now],
        )
        .await?
        .ok_or(StoreError::Decode { expected: "a new number" })?;
    create_saved_pages(tx, id, now).await?;
    Ok(id)
}

async fn create_saved_pages(tx: &mut Tx, user: UserId, now: Timestamp) -> Result<(), StoreError> {
    let feed: Option<i64> = tx
        .value(
            "INSERT INTO feed (url, owner_id, is_saved_pages, created_at) VALUES (?1, ?2, TRUE, ?3) RETURNING id",
            params![SAVED_PAGES_URL, user, now],
        )
        .await?;
    tx.execute("INSERT INTO subscription (user_id, feed_id, created_at) VALUES (?1, ?2, ?3)", params![user, feed, now])
        .await?;
    Ok(())
}
