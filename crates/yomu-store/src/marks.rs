//! Marks: read, unread, starred, and taking them back.
//!
//! Everything that one call marks read gets the same `read_at`, which is therefore the name of the act to undo.

use std::collections::BTreeMap;

use jiff::Timestamp;
use yomu_model::ids::{EntryId, SubscriptionId, UserId};

use crate::db::Tx;
use crate::subscriptions::{add_to_unread, recount_all};
use crate::value::{Row, params};
use crate::{Cursor, Order, Store, StoreError, View};

/// What a mark did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marked {
    /// How many entries changed.
    pub count: u32,
    /// The moment by which it can be undone.
    pub at: Timestamp,
}

/// Which part of a list to mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// In which direction the list ran.
    pub order: Order,
    /// The last entry to mark; none for the whole list.
    pub up_to: Option<Cursor>,
    /// The highest entry number when the list was shown: what came later was not seen, so it stays unread.
    pub newest_seen: EntryId,
}

impl Store {
    /// Marks entries read or unread. Numbers that are not the user's are passed over.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn mark_entries(
        &self,
        user: UserId,
        entries: &[EntryId],
        unread: bool,
        now: Timestamp,
    ) -> Result<Marked, StoreError> {
        let ids: Vec<i64> = entries.iter().map(|id| id.get()).collect();
        let mut tx = self.begin_marking(user).await?;
        let rows = tx
            .rows(
                "UPDATE entry_state SET unread = ?3, changed_at = ?4,
                   read_at = CASE WHEN ?3 THEN NULL ELSE CAST(?4 AS BIGINT) END
                 WHERE entry_id IN ({list:2}) AND user_id = ?1 AND unread <> ?3 AND removed_at IS NULL
                 RETURNING subscription_id",
                params![user, ids, unread, now],
            )
            .await?;
        finish(tx, rows, unread, now).await
    }

    /// Marks a list read, or its beginning down to one entry.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn mark_range(
        &self,
        user: UserId,
        view: View,
        range: Range,
        now: Timestamp,
    ) -> Result<Marked, StoreError> {
        let (scope, argument) = view.scope();
        let place = view.place();
        let (than, last) = match range.order {
            Order::Newest => (">=", Cursor { at: i64::MIN, entry: EntryId::new(i64::MIN) }),
            Order::Oldest => ("<=", Cursor { at: i64::MAX, entry: EntryId::new(i64::MAX) }),
        };
        let up_to = range.up_to.unwrap_or(last);
        let sql = format!(
            "UPDATE entry_state SET unread = FALSE, read_at = ?6, changed_at = ?6
             WHERE user_id = ?1 AND unread AND entry_id IN
               (SELECT s.entry_id FROM {scope} AND s.unread AND s.entry_id <= ?3 AND ({place}) {than} (?4, ?5))
             RETURNING subscription_id"
        );
        let mut tx = self.begin_marking(user).await?;
        let rows = tx.rows(&sql, params![user, argument, range.newest_seen, up_to.at, up_to.entry, now]).await?;
        finish(tx, rows, false, now).await
    }

    /// Makes unread again what was marked read at that moment.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn undo_mark(&self, user: UserId, at: Timestamp, now: Timestamp) -> Result<Marked, StoreError> {
        let mut tx = self.begin_marking(user).await?;
        let rows = tx
            .rows(
                "UPDATE entry_state SET unread = TRUE, read_at = NULL, changed_at = ?3
                 WHERE user_id = ?1 AND read_at = ?2 AND NOT unread AND removed_at IS NULL
                 RETURNING subscription_id",
                params![user, at, now],
            )
            .await?;
        finish(tx, rows, true, now).await
    }

    /// Stars an entry or takes the star away. Says whether the user has such an entry.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn star(&self, user: UserId, entry: EntryId, starred: bool, now: Timestamp) -> Result<bool, StoreError> {
        let changed = self
            .db
            .execute(
                "UPDATE entry_state SET starred = ?3, changed_at = ?4,
                   starred_at = CASE WHEN ?3 THEN COALESCE(starred_at, CAST(?4 AS BIGINT)) ELSE NULL END
                 WHERE entry_id = ?2 AND user_id = ?1 AND removed_at IS NULL",
                params![user, entry, starred, now],
            )
            .await?;
        Ok(changed > 0)
    }

    /// Hides an entry from its user. Returns the moment, with which it can be brought back.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn remove_entry(
        &self,
        user: UserId,
        entry: EntryId,
        now: Timestamp,
    ) -> Result<Option<Timestamp>, StoreError> {
        let mut tx = self.begin_marking(user).await?;
        let rows = tx
            .rows(
                "UPDATE entry_state SET removed_at = ?3, changed_at = ?3
                 WHERE entry_id = ?2 AND user_id = ?1 AND removed_at IS NULL RETURNING subscription_id",
                params![user, entry, now],
            )
            .await?;
        let removed = finish_removing(tx, rows, now).await?;
        Ok((removed.count > 0).then_some(removed.at))
    }

    /// Brings back an entry that was removed at that moment.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn restore_entry(
        &self,
        user: UserId,
        entry: EntryId,
        removed_at: Timestamp,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut tx = self.begin_marking(user).await?;
        let rows = tx
            .rows(
                "UPDATE entry_state SET removed_at = NULL, changed_at = ?4
                 WHERE entry_id = ?2 AND user_id = ?1 AND removed_at = ?3 RETURNING subscription_id",
                params![user, entry, removed_at, now],
            )
            .await?;
        Ok(finish_removing(tx, rows, now).await?.count > 0)
    }

    /// Starts a transaction that marks. A user's marks come one after the other, so that two large ones that meet the
    /// same entries in another order cannot wait for each other for ever.
    pub(crate) async fn begin_marking(&self, user: UserId) -> Result<Tx, StoreError> {
        let mut tx = self.db.begin().await?;
        tx.later("SELECT id FROM user_account WHERE id = ?1 {lock}", params![user]);
        Ok(tx)
    }
}

/// Corrects the counts where something was marked read or unread, and commits. `changed` are the subscriptions of the
/// entries that are now what they were not.
pub(crate) async fn finish(mut tx: Tx, changed: Vec<Row>, unread: bool, now: Timestamp) -> Result<Marked, StoreError> {
    let (marked, mut subscriptions) = touched(changed, now)?;
    // Most lists have as many entries of one feed as of another, so that few statements change all.
    let mut changes: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for same in subscriptions.chunk_by(|one, next| one == next) {
        let count = i64::try_from(same.len()).unwrap_or(i64::MAX);
        changes.entry(if unread { count } else { -count }).or_default().push(same[0]);
    }
    if !changes.is_empty() {
        subscriptions.dedup();
        add_to_unread(&mut tx, subscriptions, changes);
    }
    tx.commit().await?;
    Ok(marked)
}

/// The same where entries went or came back.
pub(crate) async fn finish_removing(mut tx: Tx, changed: Vec<Row>, now: Timestamp) -> Result<Marked, StoreError> {
    let (marked, mut subscriptions) = touched(changed, now)?;
    subscriptions.dedup();
    if !subscriptions.is_empty() {
        recount_all(&mut tx, subscriptions);
    }
    tx.commit().await?;
    Ok(marked)
}

/// How many entries changed, and the subscription of each, in order.
fn touched(changed: Vec<Row>, now: Timestamp) -> Result<(Marked, Vec<i64>), StoreError> {
    let count = u32::try_from(changed.len()).unwrap_or(u32::MAX);
    let mut subscriptions = changed
        .into_iter()
        .map(|mut row| row.take::<SubscriptionId>().map(SubscriptionId::get))
        .collect::<Result<Vec<_>, _>>()?;
    subscriptions.sort_unstable();
    Ok((Marked { count, at: Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now) }, subscriptions))
}
