//! Pages that a user saved: entries of the user's own feed that is never fetched.

use jiff::Timestamp;
use yomu_model::ids::{EntryId, FeedId, SubscriptionId, UserId};

use crate::ingest::{Packed, write_body, write_search};
use crate::subscriptions::recount_all;
use crate::value::params;
use crate::{BodyKind, NewEntry, Store, StoreError};

/// A page to save.
#[derive(Debug, Clone)]
pub struct SavedPage {
    /// The page as an entry; its identity is made from its address.
    pub entry: NewEntry,
}

impl Store {
    /// Saves a page for later, or refreshes one that was saved before. It is unread and at the top of the list again.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn save_page(&self, user: UserId, page: SavedPage, now: Timestamp) -> Result<EntryId, StoreError> {
        let packed = self.pack_on_thread(page.entry).await?;
        let mut tx = self.db.begin().await?;
        let mut row = tx
            .row(
                "SELECT f.id, b.id FROM subscription b JOIN feed f ON f.id = b.feed_id
                 WHERE b.user_id = ?1 AND f.is_saved_pages",
                params![user],
            )
            .await?
            .ok_or(StoreError::Decode { expected: "a place for saved pages" })?;
        let (feed, subscription): (FeedId, SubscriptionId) = (row.take()?, row.take()?);
        let entry = upsert_entry(&mut tx, feed, &packed, now).await?;
        write_body(&mut tx, entry, BodyKind::Feed, &packed.body).await?;
        write_search(&mut tx, entry, &packed.search).await?;
        tx.execute(
            "INSERT INTO entry_state (entry_id, user_id, subscription_id, sort_at, unread, changed_at)
             VALUES (?1, ?2, ?3, ?4, TRUE, ?4)
             ON CONFLICT (entry_id, user_id) DO UPDATE SET
               sort_at = excluded.sort_at, unread = TRUE, read_at = NULL, removed_at = NULL, changed_at = excluded.changed_at",
            params![entry, user, subscription, now],
        )
        .await?;
        tx.execute("UPDATE entry_tag SET sort_at = ?3 WHERE entry_id = ?1 AND user_id = ?2", params![entry, user, now])
            .await?;
        recount_all(&mut tx, vec![subscription.get()]);
        tx.commit().await?;
        Ok(entry)
    }

    /// Stores the article of an entry's page beside the feed's own text, and indexes it for search.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn store_article(&self, id: EntryId, article: NewEntry) -> Result<(), StoreError> {
        // The entry keeps its title, and is found by it; the page may call itself something else.
        let title = self.db.value("SELECT title FROM entry WHERE id = ?1", params![id]).await?;
        let Some(title) = title else { return Ok(()) };
        let packed = self.pack_on_thread(NewEntry { title, ..article }).await?;
        let mut tx = self.db.begin().await?;
        // The entry may be purged in the meantime.
        if tx.row("SELECT id FROM entry WHERE id = ?1", params![id]).await?.is_none() {
            return Ok(());
        }
        tx.execute(
            "UPDATE entry SET reading_minutes = ?2, lang = COALESCE(lang, ?3), image_url = COALESCE(image_url, ?4),
               excerpt = CASE WHEN excerpt = '' THEN ?5 ELSE excerpt END WHERE id = ?1",
            params![
                id,
                packed.entry.reading_minutes,
                packed.entry.lang.as_deref(),
                packed.entry.image_url.as_deref(),
                packed.entry.excerpt.as_str()
            ],
        )
        .await?;
        write_body(&mut tx, id, BodyKind::Article, &packed.body).await?;
        write_search(&mut tx, id, &packed.search).await?;
        tx.commit().await
    }
}

async fn upsert_entry(
    tx: &mut crate::db::Tx,
    feed: FeedId,
    packed: &Packed,
    now: Timestamp,
) -> Result<EntryId, StoreError> {
    let entry = &packed.entry;
    tx.value(
        "INSERT INTO entry (feed_id, identity, content_hash, url, title, author, site, lang, excerpt, image_url,
           comments_url, reading_minutes, enclosures, categories, published_at, sort_at, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, CAST(?15 AS BIGINT), ?16, ?16, ?16)
         ON CONFLICT (feed_id, identity) DO UPDATE SET content_hash = excluded.content_hash, url = excluded.url,
           title = excluded.title, author = excluded.author, site = excluded.site, lang = excluded.lang,
           excerpt = excluded.excerpt, image_url = excluded.image_url, reading_minutes = excluded.reading_minutes,
           published_at = excluded.published_at, sort_at = excluded.sort_at, updated_at = excluded.updated_at
         RETURNING id",
        params![
            feed,
            entry.identity.as_slice(),
            entry.content_hash.as_slice(),
            entry.url.as_str(),
            entry.title.as_str(),
            entry.author.as_str(),
            entry.site.as_deref(),
            entry.lang.as_deref(),
            entry.excerpt.as_str(),
            entry.image_url.as_deref(),
            entry.comments_url.as_deref(),
            entry.reading_minutes,
            entry.enclosures.as_deref(),
            entry.categories.as_deref(),
            entry.published_at,
            now
        ],
    )
    .await?
    .ok_or(StoreError::Decode { expected: "a new number" })
}
