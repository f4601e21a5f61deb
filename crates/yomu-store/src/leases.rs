//! Which feeds are due, and who fetches them: a lease is held by one worker at a time and runs out by itself.

use std::time::Duration;

use jiff::Timestamp;
use yomu_model::ids::{FeedId, SubscriptionId, UserId};

use crate::subscriptions::credentials;
use crate::value::{Row, params};
use crate::{FeedSource, Store, StoreError, Validators};

/// The right to fetch a feed and to write what came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lease {
    /// The feed.
    pub feed: FeedId,
    /// A random number that tells this lease from others of the same feed.
    pub token: i64,
}

/// A feed that is to be fetched, with all that is needed for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueFeed {
    /// The lease under which the outcome is written.
    pub lease: Lease,
    /// What to fetch.
    pub source: FeedSource,
    /// The feed's title so far; empty before the first fetch.
    pub title: String,
    /// The validators of the last answer.
    pub validators: Validators,
    /// A hash of the last document.
    pub body_hash: Option<Vec<u8>>,
    /// The interval between checks so far.
    pub interval: Option<Duration>,
    /// Failures in a row so far.
    pub error_count: u32,
    /// The last time that it brought something new.
    pub changed_at: Option<Timestamp>,
    /// The feed's site, for its icon.
    pub site_url: Option<String>,
    /// When its icon was last looked for.
    pub icon_checked_at: Option<Timestamp>,
    /// Whether a reader of it wants the articles of its entries' pages.
    pub full_text: bool,
}

const DUE: &str = "id, lease_token, url, username, password, encoding, title, etag, last_modified, body_hash,
    interval_ms, error_count, changed_at, site_url, icon_checked_at,
    EXISTS (SELECT 1 FROM subscription b WHERE b.feed_id = feed.id AND b.full_text AND b.removed_at IS NULL)";

impl Store {
    /// Takes leases of up to `limit` feeds that are due, the most overdue first.
    ///
    /// Feeds that nobody reads any more are not due. `token` is random, one for each call.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn claim_due(
        &self,
        limit: u32,
        token: i64,
        lasting: Duration,
        now: Timestamp,
    ) -> Result<Vec<DueFeed>, StoreError> {
        self.claim(&claim_due("TRUE"), params![limit, token, now + lasting, now]).await
    }

    /// [`Store::claim_due`] without the feeds of some hosts, which are named by their [`FeedSource::origin`].
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn claim_due_elsewhere(
        &self,
        origins: Vec<String>,
        limit: u32,
        token: i64,
        lasting: Duration,
        now: Timestamp,
    ) -> Result<Vec<DueFeed>, StoreError> {
        // What `FeedSource::origin` says, in SQL.
        let elsewhere = "SUBSTR(d.url, 1, 8 + {position}(SUBSTR(d.url, 9), '/')) NOT IN ({texts:5})";
        self.claim(&claim_due(elsewhere), params![limit, token, now + lasting, now, origins]).await
    }

    /// Takes the lease of one feed, due or not, unless somebody holds it.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn claim_feed(
        &self,
        feed: FeedId,
        token: i64,
        lasting: Duration,
        now: Timestamp,
    ) -> Result<Option<DueFeed>, StoreError> {
        let sql = format!(
            "UPDATE feed SET lease_token = ?2, lease_until = ?3
             WHERE id = ?1 AND NOT is_saved_pages AND (lease_until IS NULL OR lease_until <= ?4) RETURNING {DUE}"
        );
        Ok(self.claim(&sql, params![feed, token, now + lasting, now]).await?.pop())
    }

    async fn claim(&self, sql: &str, params: Vec<crate::value::Value>) -> Result<Vec<DueFeed>, StoreError> {
        let mut tx = self.db.begin().await?;
        let rows = tx.rows(sql, params).await?;
        tx.commit().await?;
        rows.into_iter().map(due).collect()
    }

    /// Makes all feeds of the user due now. Returns their number.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn make_due(&self, user: UserId, now: Timestamp) -> Result<u64, StoreError> {
        let sql = "UPDATE feed SET next_check_at = ?2 WHERE NOT is_saved_pages AND id IN
                     (SELECT feed_id FROM subscription WHERE user_id = ?1 AND removed_at IS NULL)";
        self.db.execute(sql, params![user, now]).await
    }

    /// Makes some of the feeds that the user reads due.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn make_some_due(
        &self,
        user: UserId,
        feeds: Vec<SubscriptionId>,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        let feeds: Vec<i64> = feeds.into_iter().map(SubscriptionId::get).collect();
        let sql = "UPDATE feed SET next_check_at = ?2 WHERE NOT is_saved_pages AND id IN
                     (SELECT feed_id FROM subscription WHERE user_id = ?1 AND removed_at IS NULL AND id IN ({list:3}))";
        self.db.execute(sql, params![user, now, feeds]).await
    }

    /// How many of all feeds are due or being fetched.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn due_count(&self, now: Timestamp) -> Result<u32, StoreError> {
        let sql = "SELECT COUNT(*) FROM feed WHERE next_check_at <= ?1
                     AND EXISTS (SELECT 1 FROM subscription b WHERE b.feed_id = feed.id AND b.removed_at IS NULL)";
        Ok(self.db.value(sql, params![now]).await?.unwrap_or(0))
    }

    /// When the next feed will be due.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn next_due(&self) -> Result<Option<Timestamp>, StoreError> {
        let sql = "SELECT MIN(next_check_at) FROM feed WHERE next_check_at IS NOT NULL";
        Ok(self.db.value::<Option<Timestamp>>(sql, params![]).await?.flatten())
    }

    /// Gives leases back unused, so that another worker may go on at once.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn release(&self, leases: &[Lease]) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        for lease in leases {
            tx.execute(
                "UPDATE feed SET lease_token = NULL, lease_until = NULL WHERE id = ?1 AND lease_token = ?2",
                params![lease.feed, lease.token],
            )
            .await?;
        }
        tx.commit().await
    }
}

fn claim_due(condition: &str) -> String {
    format!(
        "UPDATE feed SET lease_token = ?2, lease_until = ?3 WHERE id IN
           (SELECT d.id FROM feed d WHERE d.next_check_at <= ?4
              AND (d.lease_until IS NULL OR d.lease_until <= ?4) AND {condition}
              AND EXISTS (SELECT 1 FROM subscription b WHERE b.feed_id = d.id AND b.removed_at IS NULL)
            ORDER BY d.next_check_at LIMIT ?1 {{skip_locked}})
         RETURNING {DUE}"
    )
}

fn due(mut row: Row) -> Result<DueFeed, StoreError> {
    let feed: FeedId = row.take()?;
    let token: Option<i64> = row.take()?;
    let url = row.take()?;
    let credentials = credentials(row.take()?, row.take()?);
    let source = FeedSource { url, credentials, encoding: row.take()? };
    Ok(DueFeed {
        lease: Lease { feed, token: token.unwrap_or_default() },
        source,
        title: row.take()?,
        validators: Validators { etag: row.take()?, last_modified: row.take()? },
        body_hash: row.take()?,
        interval: row.take::<Option<i64>>()?.and_then(|ms| u64::try_from(ms).ok()).map(Duration::from_millis),
        error_count: row.take()?,
        changed_at: row.take()?,
        site_url: row.take()?,
        icon_checked_at: row.take()?,
        full_text: row.take()?,
    })
}
