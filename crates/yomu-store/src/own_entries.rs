//! Entries that a user puts into a feed or rewrites. They touch nobody else's reading.

use jiff::Timestamp;
use yomu_model::ids::{EntryId, FeedId, SubscriptionId, UserId};

use crate::ingest::{sort_at, write_body, write_search};
use crate::subscriptions::recount_all;
use crate::value::params;
use crate::{BodyKind, NewEntry, Store, StoreError};

/// Whether a user may rewrite an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rewritten {
    /// It was rewritten.
    Done,
    /// The user has no such entry.
    Unknown,
    /// Others have the entry, too.
    Shared,
}

/// What an imported entry begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marks {
    /// Whether it is unread.
    pub unread: bool,
    /// Whether it is starred.
    pub starred: bool,
}

impl Store {
    /// Puts an entry of the user's own into a feed; one of the same identity stays as it is. Returns its number and
    /// whether it is new; none when the user has no such subscription.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn import_entry(
        &self,
        user: UserId,
        subscription: SubscriptionId,
        entry: NewEntry,
        marks: Marks,
        now: Timestamp,
    ) -> Result<Option<(EntryId, bool)>, StoreError> {
        let packed = self.pack_on_thread(entry).await?;
        let entry = &packed.entry;
        let mut tx = self.begin_marking(user).await?;
        let feed = "SELECT feed_id FROM subscription WHERE user_id = ?1 AND id = ?2 AND removed_at IS NULL";
        let Some(feed) = tx.value::<FeedId>(feed, params![user, subscription]).await? else { return Ok(None) };
        let listed_at = sort_at(entry.published_at, now);
        let id: Option<EntryId> = tx
            .value(
                "INSERT INTO entry (feed_id, identity, content_hash, url, title, author, lang, excerpt, image_url,
                   comments_url, reading_minutes, categories, published_at, sort_at, created_at, updated_at, owner_id)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, CAST(?13 AS BIGINT), ?14, ?15, ?15, ?16)
                 ON CONFLICT (feed_id, identity) DO NOTHING RETURNING id",
                params![
                    feed,
                    entry.identity.as_slice(),
                    entry.content_hash.as_slice(),
                    entry.url.as_str(),
                    entry.title.as_str(),
                    entry.author.as_str(),
                    entry.lang.as_deref(),
                    entry.excerpt.as_str(),
                    entry.image_url.as_deref(),
                    entry.comments_url.as_deref(),
                    entry.reading_minutes,
                    entry.categories.as_deref(),
                    entry.published_at,
                    listed_at,
                    now,
                    user
                ],
            )
            .await?;
        let Some(id) = id else {
            let known = "SELECT id FROM entry WHERE feed_id = ?1 AND identity = ?2";
            let id = tx.value(known, params![feed, entry.identity.as_slice()]).await?;
            return Ok(id.map(|id| (id, false)));
        };
        write_body(&mut tx, id, BodyKind::Feed, &packed.body).await?;
        write_search(&mut tx, id, &packed.search).await?;
        tx.execute(
            "INSERT INTO entry_state (entry_id, user_id, subscription_id, folder_id, sort_at, unread, read_at, starred,
               starred_at, changed_at)
             SELECT CAST(?3 AS BIGINT), b.user_id, b.id, b.folder_id, CAST(?4 AS BIGINT), ?5,
               CASE WHEN ?5 THEN NULL ELSE CAST(?7 AS BIGINT) END, ?6,
               CASE WHEN ?6 THEN CAST(?7 AS BIGINT) ELSE NULL END, CAST(?7 AS BIGINT)
             FROM subscription b WHERE b.user_id = ?1 AND b.id = ?2",
            params![user, subscription, id, listed_at, marks.unread, marks.starred, now],
        )
        .await?;
        recount_all(&mut tx, vec![subscription.get()]);
        tx.commit().await?;
        Ok(Some((id, true)))
    }

    /// Gives an entry another title, excerpt and body. Entries are stored once for all who read their feed, so only one
    /// that nobody else has is rewritten.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn rewrite_entry(
        &self,
        user: UserId,
        id: EntryId,
        entry: NewEntry,
        now: Timestamp,
    ) -> Result<Rewritten, StoreError> {
        let packed = self.pack_on_thread(entry).await?;
        let mut tx = self.begin_marking(user).await?;
        let sql = "SELECT user_id FROM entry_state WHERE entry_id = ?1 AND (user_id <> ?2 OR removed_at IS NULL)";
        let rows = tx.rows(sql, params![id, user]).await?;
        let readers = rows.into_iter().map(|mut row| row.take()).collect::<Result<Vec<UserId>, _>>()?;
        if !readers.contains(&user) {
            return Ok(Rewritten::Unknown);
        }
        if readers.len() > 1 {
            return Ok(Rewritten::Shared);
        }
        tx.execute(
            "UPDATE entry SET title = ?2, excerpt = ?3, reading_minutes = ?4, updated_at = ?5 WHERE id = ?1",
            params![id, packed.entry.title.as_str(), packed.entry.excerpt.as_str(), packed.entry.reading_minutes, now],
        )
        .await?;
        tx.execute("DELETE FROM entry_body WHERE entry_id = ?1 AND kind <> ?2", params![id, BodyKind::Feed.number()])
            .await?;
        write_body(&mut tx, id, BodyKind::Feed, &packed.body).await?;
        write_search(&mut tx, id, &packed.search).await?;
        tx.execute(
            "UPDATE entry_state SET changed_at = ?3 WHERE entry_id = ?2 AND user_id = ?1",
            params![user, id, now],
        )
        .await?;
        tx.commit().await?;
        Ok(Rewritten::Done)
    }
}
