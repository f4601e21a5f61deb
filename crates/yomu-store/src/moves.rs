//! Feeds that moved for good: remembering the new address, and merging with the feed that is there already.

use std::cmp::Reverse;

use jiff::Timestamp;
use yomu_model::ids::{FeedId, SubscriptionId, UserId};

use crate::db::Tx;
use crate::subscriptions::recount_all;
use crate::value::{Row, params};
use crate::{Store, StoreError};

/// What became of a feed that moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    /// The feed has the new address now.
    Renamed,
    /// Another feed was there already, and has everything of this one now; this one is gone.
    Merged {
        /// The other feed.
        into: FeedId,
    },
    /// Another feed was there already, and both stay: a feed that belongs to one user is never merged.
    Kept,
}

impl Store {
    /// Follows a feed to the address it moved to, in one transaction.
    ///
    /// When another feed is there already, its readers and this one's read that one from now on. Who read both keeps the
    /// older subscription with its settings. An entry that both feeds have is one afterwards: read where it was read in
    /// either, starred where it was starred in either. Nobody is shown anything that was not shown before.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn move_feed(&self, feed: FeedId, url: &str, now: Timestamp) -> Result<Moved, StoreError> {
        let mut tx = self.db.begin().await?;
        let moved = move_feed(&mut tx, feed, url, now).await?;
        tx.commit().await?;
        Ok(moved)
    }
}

async fn move_feed(tx: &mut Tx, feed: FeedId, url: &str, now: Timestamp) -> Result<Moved, StoreError> {
    let there = tx
        .row(
            "SELECT other.id, other.owner_id FROM feed JOIN feed other ON other.url = ?2 AND other.id <> feed.id
               AND other.owner_id IS NOT DISTINCT FROM feed.owner_id
             WHERE feed.id = ?1",
            params![feed, url],
        )
        .await?;
    let Some(mut there) = there else {
        tx.execute("UPDATE feed SET url = ?2 WHERE id = ?1 AND url <> ?2", params![feed, url]).await?;
        return Ok(Moved::Renamed);
    };
    let other: FeedId = there.take()?;
    if there.take::<Option<UserId>>()?.is_some() {
        return Ok(Moved::Kept);
    }
    if !lock(tx, feed, other).await? {
        return Ok(Moved::Kept);
    }
    merge_subscriptions(tx, feed, other).await?;
    merge_entries(tx, feed, other, now).await?;
    tx.execute("DELETE FROM feed WHERE id = ?1", params![feed]).await?;
    // It may have been given up for gone, or left alone because nobody read it.
    tx.execute("UPDATE feed SET next_check_at = COALESCE(next_check_at, ?2) WHERE id = ?1", params![other, now])
        .await?;
    // Entries may stand among the saved pages of who read them.
    let readers = "SELECT id FROM subscription WHERE feed_id = ?1
        UNION SELECT s.subscription_id FROM entry e JOIN entry_state s ON s.entry_id = e.id WHERE e.feed_id = ?1";
    let readers = tx.rows(readers, params![other]).await?;
    recount_all(tx, readers.into_iter().map(|mut row| row.take()).collect::<Result<_, _>>()?);
    Ok(Moved::Merged { into: other })
}

/// Keeps others away from what is merged: first the feeds, whose refreshes and new subscriptions then wait, then the
/// users, whose marks wait. Says whether both feeds are still there.
async fn lock(tx: &mut Tx, feed: FeedId, other: FeedId) -> Result<bool, StoreError> {
    let feeds =
        tx.rows("SELECT id FROM feed WHERE id IN (?1, ?2) ORDER BY id {lock_whole}", params![feed, other]).await?;
    tx.rows(
        "SELECT id FROM user_account WHERE id IN (SELECT user_id FROM subscription WHERE feed_id IN (?1, ?2))
         ORDER BY id {lock}",
        params![feed, other],
    )
    .await?;
    Ok(feeds.len() == 2)
}

/// Brings the subscriptions of one feed over to the other.
async fn merge_subscriptions(tx: &mut Tx, feed: FeedId, other: FeedId) -> Result<(), StoreError> {
    let twice = tx
        .rows(
            "SELECT a.id, a.created_at, a.removed_at, b.id, b.created_at, b.removed_at
             FROM subscription a JOIN subscription b ON b.user_id = a.user_id AND b.feed_id = ?2 WHERE a.feed_id = ?1",
            params![feed, other],
        )
        .await?;
    for mut row in twice {
        let (kept, given_up) = Held::both(&mut row)?;
        // What was removed stays removed, and its marks with it.
        if given_up.removed_at.is_none() {
            tx.execute(
                "UPDATE entry_state SET subscription_id = ?1,
                   folder_id = (SELECT b.folder_id FROM subscription b WHERE b.id = ?1)
                 WHERE subscription_id = ?2",
                params![kept.id, given_up.id],
            )
            .await?;
        }
        tx.execute("DELETE FROM subscription WHERE id = ?1", params![given_up.id]).await?;
    }
    tx.execute("UPDATE subscription SET feed_id = ?2 WHERE feed_id = ?1", params![feed, other]).await?;
    Ok(())
}

/// A subscription of one who has two.
struct Held {
    id: SubscriptionId,
    created_at: i64,
    removed_at: Option<i64>,
}

impl Held {
    /// The one to keep, then the other. One that is not removed comes before one that is, the later removed before the
    /// earlier, and then the older.
    fn both(row: &mut Row) -> Result<(Self, Self), StoreError> {
        let mut one = || -> Result<Self, StoreError> {
            Ok(Self { id: row.take()?, created_at: row.take()?, removed_at: row.take()? })
        };
        let (first, second) = (one()?, one()?);
        Ok(if first.rank() <= second.rank() { (first, second) } else { (second, first) })
    }

    fn rank(&self) -> (bool, Reverse<Option<i64>>, i64, SubscriptionId) {
        (self.removed_at.is_some(), Reverse(self.removed_at), self.created_at, self.id)
    }
}

/// Brings the entries of one feed over to the other: those that it has too become one.
async fn merge_entries(tx: &mut Tx, feed: FeedId, other: FeedId, now: Timestamp) -> Result<(), StoreError> {
    const PAIRS: &str = "entry a JOIN entry b ON b.feed_id = ?2 AND b.identity = a.identity";
    let states = format!(
        "INSERT INTO entry_state (entry_id, user_id, subscription_id, folder_id, sort_at, unread, read_at, starred,
           starred_at, changed_at, removed_at)
         SELECT b.id, s.user_id, s.subscription_id, s.folder_id, s.sort_at, s.unread, s.read_at, s.starred, s.starred_at,
           CAST(?3 AS BIGINT), s.removed_at
         FROM {PAIRS} JOIN entry_state s ON s.entry_id = a.id WHERE a.feed_id = ?1
         ON CONFLICT (entry_id, user_id) DO UPDATE SET
           unread = entry_state.unread AND excluded.unread,
           read_at = COALESCE(entry_state.read_at, excluded.read_at),
           starred = entry_state.starred OR excluded.starred,
           starred_at = COALESCE(entry_state.starred_at, excluded.starred_at),
           changed_at = excluded.changed_at,
           removed_at = CASE WHEN excluded.removed_at IS NULL THEN NULL ELSE entry_state.removed_at END"
    );
    tx.execute(&states, params![feed, other, now]).await?;
    let tags = format!(
        "INSERT INTO entry_tag (tag_id, entry_id, user_id, sort_at)
         SELECT t.tag_id, b.id, t.user_id, s.sort_at
         FROM {PAIRS} JOIN entry_tag t ON t.entry_id = a.id
           JOIN entry_state s ON s.entry_id = b.id AND s.user_id = t.user_id
         WHERE a.feed_id = ?1 ON CONFLICT (tag_id, entry_id) DO NOTHING"
    );
    tx.execute(&tags, params![feed, other]).await?;
    let shares = format!(
        "UPDATE share SET entry_id = (SELECT b.id FROM {PAIRS} WHERE a.id = share.entry_id)
         WHERE entry_id IN (SELECT a.id FROM {PAIRS} WHERE a.feed_id = ?1)"
    );
    tx.execute(&shares, params![feed, other]).await?;
    let highlights = format!(
        "UPDATE highlight SET entry_id = (SELECT b.id FROM {PAIRS} WHERE a.id = highlight.entry_id)
         WHERE entry_id IN (SELECT a.id FROM {PAIRS} WHERE a.feed_id = ?1)"
    );
    tx.execute(&highlights, params![feed, other]).await?;
    let articles = format!(
        "INSERT INTO entry_body (entry_id, kind, bytes)
         SELECT b.id, body.kind, body.bytes FROM {PAIRS} JOIN entry_body body ON body.entry_id = a.id
         WHERE a.feed_id = ?1 ON CONFLICT (entry_id, kind) DO NOTHING"
    );
    tx.execute(&articles, params![feed, other]).await?;
    tx.execute(
        "DELETE FROM entry WHERE feed_id = ?1 AND identity IN (SELECT identity FROM entry WHERE feed_id = ?2)",
        params![feed, other],
    )
    .await?;
    tx.execute("UPDATE entry SET feed_id = ?2 WHERE feed_id = ?1", params![feed, other]).await?;
    Ok(())
}
