//! What happens to the entries of a feed that its reader leaves: those that the reader set apart, by a star, a tag, a
//! highlight or a public link, become saved pages; the others go with the feed.
//!
//! An entry stays the one it is, with its number, its texts and all marks: only the place at which it stands for this
//! reader is another.

use jiff::Timestamp;
use yomu_model::ids::{SubscriptionId, UserId};

use crate::db::Tx;
use crate::subscriptions::recount_all;
use crate::value::params;
use crate::{Store, StoreError};

/// What leaving a feed would keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Leaving {
    /// Entries of the feed.
    pub entries: u32,
    /// Those of them that would stay as saved pages; one may be counted in several of the numbers below.
    pub kept: u32,
    /// With a star.
    pub starred: u32,
    /// With a tag.
    pub tagged: u32,
    /// With a highlight.
    pub highlighted: u32,
    /// With a public link.
    pub shared: u32,
}

/// A subscription that ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// The moment, with which it can be brought back.
    pub at: Timestamp,
    /// Entries that are saved pages now.
    pub kept: u32,
}

const TAGGED: &str = "EXISTS (SELECT 1 FROM entry_tag t WHERE t.entry_id = s.entry_id AND t.user_id = s.user_id)";
const HIGHLIGHTED: &str = "EXISTS
    (SELECT 1 FROM highlight h WHERE h.entry_id = s.entry_id AND h.user_id = s.user_id AND h.removed_at IS NULL)";
const SHARED: &str = "EXISTS (SELECT 1 FROM share l WHERE l.entry_id = s.entry_id AND l.user_id = s.user_id)";

/// The number of a user's place for saved pages.
const SAVED_PAGES: &str =
    "(SELECT p.id FROM subscription p JOIN feed o ON o.id = p.feed_id WHERE p.user_id = ?1 AND o.is_saved_pages)";

impl Store {
    /// What leaving a feed would keep. The cost is one look at each entry of the feed.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn leaving(&self, user: UserId, id: SubscriptionId) -> Result<Leaving, StoreError> {
        let count = |what: &str| format!("COUNT(CASE WHEN {what} THEN 1 END)");
        let sql = format!(
            "SELECT COUNT(*), {}, {}, {}, {}, {} FROM
               (SELECT s.starred, {TAGGED} AS tagged, {HIGHLIGHTED} AS highlighted, {SHARED} AS shared FROM entry_state s
                WHERE s.user_id = ?1 AND s.subscription_id = ?2 AND s.removed_at IS NULL) m",
            count("m.starred OR m.tagged OR m.highlighted OR m.shared"),
            count("m.starred"),
            count("m.tagged"),
            count("m.highlighted"),
            count("m.shared"),
        );
        let Some(mut row) = self.db.row(&sql, params![user, id]).await? else { return Ok(Leaving::default()) };
        Ok(Leaving {
            entries: row.take()?,
            kept: row.take()?,
            starred: row.take()?,
            tagged: row.take()?,
            highlighted: row.take()?,
            shared: row.take()?,
        })
    }

    /// Ends a subscription: entries that the user set apart become saved pages, the others are hidden. None when the user
    /// has no such feed.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn unsubscribe(
        &self,
        user: UserId,
        id: SubscriptionId,
        now: Timestamp,
    ) -> Result<Option<Left>, StoreError> {
        let mut tx = self.begin_marking(user).await?;
        lock_with_saved(&mut tx, user, id).await?;
        let removed = tx
            .execute(
                "UPDATE subscription SET removed_at = ?3 WHERE user_id = ?1 AND id = ?2 AND removed_at IS NULL
                 AND feed_id IN (SELECT id FROM feed WHERE NOT is_saved_pages)",
                params![user, id, now],
            )
            .await?;
        if removed == 0 {
            return Ok(None);
        }
        let keep = format!(
            "UPDATE entry_state SET subscription_id = {SAVED_PAGES}, folder_id = NULL, kept_at = ?3, changed_at = ?3
             WHERE user_id = ?1 AND entry_id IN
               (SELECT s.entry_id FROM entry_state s WHERE s.user_id = ?1 AND s.subscription_id = ?2
                  AND s.removed_at IS NULL AND (s.starred OR {TAGGED} OR {HIGHLIGHTED} OR {SHARED}))"
        );
        let kept = tx.execute(&keep, params![user, id, now]).await?;
        tx.execute(
            "UPDATE entry_state SET removed_at = ?3 WHERE user_id = ?1 AND subscription_id = ?2 AND removed_at IS NULL",
            params![user, id, now],
        )
        .await?;
        recount_saved(&mut tx, user).await?;
        tx.commit().await?;
        Ok(Some(Left { at: now, kept: u32::try_from(kept).unwrap_or(u32::MAX) }))
    }
}

/// Locks a subscription and the place for saved pages in the order of their numbers, as a refresh does that counts both.
pub(crate) async fn lock_with_saved(tx: &mut Tx, user: UserId, id: SubscriptionId) -> Result<(), StoreError> {
    let sql = format!(
        "SELECT id FROM subscription WHERE user_id = ?1 AND (id = ?2 OR id = {SAVED_PAGES}) ORDER BY id {{lock}}"
    );
    tx.rows(&sql, params![user, id]).await.map(drop)
}

/// Takes the entries that became saved pages at that moment back into their feed.
pub(crate) async fn take_back_kept(
    tx: &mut Tx,
    user: UserId,
    id: SubscriptionId,
    left_at: i64,
) -> Result<(), StoreError> {
    let back = format!(
        "UPDATE entry_state SET subscription_id = ?2, kept_at = NULL,
           folder_id = (SELECT b.folder_id FROM subscription b WHERE b.id = ?2)
         WHERE user_id = ?1 AND subscription_id = {SAVED_PAGES} AND kept_at = ?3 AND entry_id IN
           (SELECT e.id FROM entry e JOIN subscription b ON b.feed_id = e.feed_id WHERE b.id = ?2)"
    );
    tx.execute(&back, params![user, id, left_at]).await?;
    recount_saved(tx, user).await
}

async fn recount_saved(tx: &mut Tx, user: UserId) -> Result<(), StoreError> {
    let saved: Option<i64> = tx.value(&format!("SELECT {SAVED_PAGES}"), params![user]).await?;
    recount_all(tx, saved.into_iter().collect());
    Ok(())
}
