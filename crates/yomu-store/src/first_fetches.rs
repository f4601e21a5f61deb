//! How the first fetches of new subscriptions go, as after an import.

use jiff::Timestamp;
use yomu_model::ids::{SubscriptionId, UserId};

use crate::value::params;
use crate::{Store, StoreError};

/// How far new subscriptions are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FirstFetches {
    /// All of them.
    pub feeds: u32,
    /// Those whose turn has not come yet.
    pub waiting: u32,
    /// Those that failed.
    pub failed: u32,
    /// Some of those, the first to fail first.
    pub failures: Vec<FirstFailure>,
}

/// A new subscription whose feed could not be fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstFailure {
    /// The subscription.
    pub id: SubscriptionId,
    /// Its title, or the address.
    pub title: String,
    /// A stable code of the reason.
    pub kind: String,
    /// The reason as an English sentence.
    pub text: String,
}

const NEW: &str = "subscription b JOIN feed f ON f.id = b.feed_id
    WHERE b.user_id = ?1 AND b.created_at >= ?2 AND b.removed_at IS NULL AND NOT f.is_saved_pages";

impl Store {
    /// How the feeds fare that the user subscribed to since a moment. The cost is one look at each subscription.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn first_fetches(
        &self,
        user: UserId,
        since: Timestamp,
        failures: u32,
    ) -> Result<FirstFetches, StoreError> {
        let sql = format!(
            "SELECT COUNT(*), COUNT(CASE WHEN f.checked_at IS NULL THEN 1 END),
               COUNT(CASE WHEN f.error_kind IS NOT NULL THEN 1 END) FROM {NEW}"
        );
        let Some(mut row) = self.db.row(&sql, params![user, since]).await? else { return Ok(FirstFetches::default()) };
        let mut fetches =
            FirstFetches { feeds: row.take()?, waiting: row.take()?, failed: row.take()?, failures: Vec::new() };
        if fetches.failed > 0 && failures > 0 {
            let sql = format!(
                "SELECT b.id, COALESCE(b.title, NULLIF(f.title, ''), f.url), f.error_kind, COALESCE(f.error_text, '')
                 FROM {NEW} AND f.error_kind IS NOT NULL ORDER BY f.error_since, b.id LIMIT ?3"
            );
            for mut row in self.db.rows(&sql, params![user, since, failures]).await? {
                let (id, title, kind, text) = (row.take()?, row.take()?, row.take()?, row.take()?);
                fetches.failures.push(FirstFailure { id, title, kind, text });
            }
        }
        Ok(fetches)
    }
}
