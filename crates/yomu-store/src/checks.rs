//! How a check of a feed ended, other than with news: nothing new, not asked at all, or failed. Each ends the lease under
//! which the feed was checked, and writes nothing when that lease was lost. News are written by `ingest/`.

use std::time::Duration;

use jiff::Timestamp;

use crate::value::params;
use crate::{Lease, Store, StoreError};

/// What a server gave to be sent back with the next request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// The `ETag`.
    pub etag: Option<String>,
    /// The `Last-Modified`.
    pub last_modified: Option<String>,
}

/// The outcome of a check that brought nothing new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnchangedCheck {
    /// The lease that ends.
    pub lease: Lease,
    /// When the feed is asked again.
    pub next_check_at: Timestamp,
    /// The interval that this is.
    pub interval: Duration,
    /// The validators, where they are others than before.
    pub validators: Option<Validators>,
}

/// A check that did not take place: the feed's host wants to be left alone, or there was too much to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PostponedCheck {
    /// The lease that ends.
    pub lease: Lease,
    /// When the feed is asked again.
    pub next_check_at: Timestamp,
}

/// The outcome of a check that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedCheck {
    /// The lease that ends.
    pub lease: Lease,
    /// A stable code of the reason.
    pub kind: String,
    /// The reason as a sentence.
    pub text: String,
    /// When the feed is asked again; none to stop.
    pub next_check_at: Option<Timestamp>,
}

impl Store {
    /// Writes down checks that brought nothing new, all in one transaction.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn finish_unchanged(&self, checks: &[UnchangedCheck], now: Timestamp) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        for check in checks {
            if let Some(validators) = &check.validators {
                tx.execute(
                    "UPDATE feed SET etag = ?3, last_modified = ?4 WHERE id = ?1 AND lease_token = ?2",
                    params![
                        check.lease.feed,
                        check.lease.token,
                        validators.etag.as_deref(),
                        validators.last_modified.as_deref()
                    ],
                )
                .await?;
            }
            tx.execute(
                "UPDATE feed SET checked_at = ?3, next_check_at = ?4, interval_ms = ?5, error_count = 0,
                   error_kind = NULL, error_text = NULL, error_since = NULL, lease_token = NULL, lease_until = NULL
                 WHERE id = ?1 AND lease_token = ?2",
                params![check.lease.feed, check.lease.token, now, check.next_check_at, millis(check.interval)],
            )
            .await?;
        }
        tx.commit().await
    }

    /// Moves checks that did not take place to later, all in one transaction. What is known of the feeds stays as it is.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn postpone(&self, checks: &[PostponedCheck]) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        for check in checks {
            tx.execute(
                "UPDATE feed SET next_check_at = ?3, lease_token = NULL, lease_until = NULL
                 WHERE id = ?1 AND lease_token = ?2",
                params![check.lease.feed, check.lease.token, check.next_check_at],
            )
            .await?;
        }
        tx.commit().await
    }

    /// Writes down a check that failed, with its reason.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn finish_failed(&self, check: &FailedCheck, now: Timestamp) -> Result<(), StoreError> {
        self.db
            .execute(
                "UPDATE feed SET checked_at = ?3, next_check_at = CAST(?4 AS BIGINT), error_count = error_count + 1,
                   error_kind = ?5, error_text = ?6, error_since = COALESCE(error_since, CAST(?3 AS BIGINT)),
                   lease_token = NULL, lease_until = NULL
                 WHERE id = ?1 AND lease_token = ?2",
                params![
                    check.lease.feed,
                    check.lease.token,
                    now,
                    check.next_check_at,
                    check.kind.as_str(),
                    check.text.as_str()
                ],
            )
            .await
            .map(drop)
    }
}

/// A duration as it is stored.
pub(crate) fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
