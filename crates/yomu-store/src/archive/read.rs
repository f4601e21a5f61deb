//! Reading what a user owns, page by page.

use std::collections::{HashMap, HashSet};

use yomu_model::ids::{EntryId, SubscriptionId, UserId};

use super::{ArchivedEntry, ArchivedFeed, ArchivedHighlight, ArchivedSearch, ArchivedState, to_hex};
use crate::compression::decompress;
use crate::value::{Row, params};
use crate::{Store, StoreError};

impl Store {
    /// The user's folders by title, also those without feeds.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn archived_folders(&self, user: UserId) -> Result<Vec<String>, StoreError> {
        let rows = self.db.rows("SELECT title FROM folder WHERE user_id = ?1 ORDER BY id", params![user]).await?;
        rows.into_iter().map(|mut row| row.take()).collect()
    }

    /// The user's subscriptions in the order in which they were made, the place for saved pages first.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn archived_feeds(&self, user: UserId) -> Result<Vec<(SubscriptionId, ArchivedFeed)>, StoreError> {
        let rows = self
            .db
            .rows(
                "SELECT b.id, f.is_saved_pages, f.url, f.username, f.password, f.encoding, f.title, f.site_url,
                   f.description, f.lang, b.title, d.title, b.full_text, b.rules, b.created_at
                 FROM subscription b JOIN feed f ON f.id = b.feed_id LEFT JOIN folder d ON d.id = b.folder_id
                 WHERE b.user_id = ?1 AND b.removed_at IS NULL ORDER BY f.is_saved_pages DESC, b.id",
                params![user],
            )
            .await?;
        rows.into_iter().map(feed).collect()
    }

    /// The numbers of the entries of a subscription, in the order in which they came. No index has that order within a
    /// feed, so all are read at once; the entries themselves are then read a few at a time.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn archived_entry_ids(
        &self,
        user: UserId,
        subscription: SubscriptionId,
    ) -> Result<Vec<EntryId>, StoreError> {
        // An entry may stand under another subscription than that to its feed: it is read there, and is without a state here.
        let sql =
            "SELECT e.id AS id FROM subscription b JOIN feed f ON f.id = b.feed_id JOIN entry e ON e.feed_id = f.id
                     LEFT JOIN entry_state s ON s.entry_id = e.id AND s.user_id = ?1 AND s.removed_at IS NULL
                       AND s.subscription_id = b.id
                   WHERE b.user_id = ?1 AND b.id = ?2 AND (e.owner_id IS NULL OR e.owner_id = ?1)
                     AND (s.entry_id IS NOT NULL OR NOT f.is_saved_pages)
                   UNION
                   SELECT s.entry_id AS id FROM entry_state s
                   WHERE s.user_id = ?1 AND s.subscription_id = ?2 AND s.removed_at IS NULL
                   ORDER BY id";
        self.db.rows(sql, params![user, subscription]).await?.into_iter().map(|mut row| row.take()).collect()
    }

    /// Some of those entries.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn archived_entries(
        &self,
        user: UserId,
        subscription: SubscriptionId,
        ids: &[EntryId],
    ) -> Result<Vec<ArchivedEntry>, StoreError> {
        let ids: Vec<i64> = ids.iter().map(|id| id.get()).collect();
        let rows = self
            .db
            .rows(
                "SELECT e.id, e.identity, e.content_hash, e.owner_id IS NOT NULL, e.url, e.title, e.author, e.site, e.lang,
                   e.excerpt, e.image_url, e.comments_url, e.reading_minutes, e.enclosures, e.categories, e.published_at,
                   e.sort_at, e.created_at, e.updated_at,
                   (SELECT y.bytes FROM entry_body y WHERE y.entry_id = e.id AND y.kind = 0),
                   (SELECT y.bytes FROM entry_body y WHERE y.entry_id = e.id AND y.kind = 1),
                   s.changed_at, s.sort_at, s.unread, s.read_at, s.starred, s.starred_at,
                   CASE WHEN e.feed_id = b.feed_id THEN NULL ELSE f.url END,
                   CASE WHEN e.feed_id = b.feed_id THEN NULL ELSE f.title END
                 FROM entry e JOIN feed f ON f.id = e.feed_id JOIN subscription b ON b.id = ?2 AND b.user_id = ?1
                   LEFT JOIN entry_state s ON s.entry_id = e.id AND s.user_id = ?1 AND s.removed_at IS NULL
                     AND s.subscription_id = b.id
                 WHERE e.id IN ({list:3}) AND (e.feed_id = b.feed_id OR s.entry_id IS NOT NULL)
                   AND (e.owner_id IS NULL OR e.owner_id = ?1)
                 ORDER BY e.id",
                params![user, subscription, ids.clone()],
            )
            .await?;
        let mut positions = self.positions(user, ids.clone()).await?;
        let mut read = self.archived_reading(user, ids.clone()).await?;
        let ids: Vec<EntryId> = ids.into_iter().map(EntryId::new).collect();
        let mut tags = self.tags_of(user, &ids).await?;
        let mut highlights = self.archived_highlights(user, &ids).await?;
        let to_fetch = self.archived_to_fetch(user, &ids).await?;
        let entries = rows.into_iter().map(|row| {
            let (id, mut entry) = entry(row)?;
            entry.media_positions = positions.remove(&id).unwrap_or_default();
            entry.reading_position = read.remove(&id);
            // What the user has removed goes with its marks.
            if entry.state.is_some() {
                entry.tags = tags.remove(&id).unwrap_or_default();
                entry.highlights = highlights.remove(&id).unwrap_or_default();
                entry.to_fetch = to_fetch.contains(&id);
            }
            Ok(entry)
        });
        entries.collect()
    }

    /// The user's searches by number.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn archived_searches(&self, user: UserId) -> Result<Vec<ArchivedSearch>, StoreError> {
        let sql = "SELECT name, query, oldest_first FROM saved_search WHERE user_id = ?1 ORDER BY id";
        let rows = self.db.rows(sql, params![user]).await?;
        rows.into_iter()
            .map(|mut row| Ok(ArchivedSearch { name: row.take()?, query: row.take()?, oldest_first: row.take()? }))
            .collect()
    }

    async fn archived_highlights(
        &self,
        user: UserId,
        entries: &[EntryId],
    ) -> Result<HashMap<EntryId, Vec<ArchivedHighlight>>, StoreError> {
        let sql = "SELECT entry_id, exact, prefix, suffix, place, note, created_at FROM highlight
                   WHERE entry_id IN ({list:2}) AND user_id = ?1 AND removed_at IS NULL ORDER BY entry_id, id";
        let numbers: Vec<i64> = entries.iter().map(|id| id.get()).collect();
        let mut highlights: HashMap<EntryId, Vec<ArchivedHighlight>> = HashMap::new();
        for mut row in self.db.rows(sql, params![user, numbers]).await? {
            highlights.entry(row.take()?).or_default().push(ArchivedHighlight {
                exact: row.take()?,
                prefix: row.take()?,
                suffix: row.take()?,
                place: row.take()?,
                note: row.take()?,
                created_at: row.take()?,
            });
        }
        Ok(highlights)
    }

    async fn archived_to_fetch(&self, user: UserId, entries: &[EntryId]) -> Result<HashSet<EntryId>, StoreError> {
        let sql = "SELECT entry_id FROM page_fetch WHERE entry_id IN ({list:2}) AND user_id = ?1";
        let numbers: Vec<i64> = entries.iter().map(|id| id.get()).collect();
        let rows = self.db.rows(sql, params![user, numbers]).await?;
        rows.into_iter().map(|mut row| row.take()).collect()
    }

    async fn positions(
        &self,
        user: UserId,
        entries: Vec<i64>,
    ) -> Result<HashMap<EntryId, Vec<(i64, i64)>>, StoreError> {
        let sql = "SELECT entry_id, number, seconds FROM media_position
                   WHERE user_id = ?1 AND entry_id IN ({list:2}) ORDER BY entry_id, number";
        let mut positions: HashMap<EntryId, Vec<(i64, i64)>> = HashMap::new();
        for mut row in self.db.rows(sql, params![user, entries]).await? {
            positions.entry(row.take()?).or_default().push((row.take()?, row.take()?));
        }
        Ok(positions)
    }

    async fn archived_reading(
        &self,
        user: UserId,
        entries: Vec<i64>,
    ) -> Result<HashMap<EntryId, (u32, i64)>, StoreError> {
        let sql = "SELECT entry_id, permille, changed_at FROM reading_position
                   WHERE user_id = ?1 AND entry_id IN ({list:2})";
        let rows = self.db.rows(sql, params![user, entries]).await?;
        rows.into_iter().map(|mut row| Ok((row.take()?, (row.take()?, row.take()?)))).collect()
    }
}

fn feed(mut row: Row) -> Result<(SubscriptionId, ArchivedFeed), StoreError> {
    let id = row.take()?;
    let feed = ArchivedFeed {
        saved_pages: row.take()?,
        url: row.take()?,
        username: row.take()?,
        password: row.take()?,
        encoding: row.take()?,
        title: row.take()?,
        site_url: row.take()?,
        description: row.take()?,
        lang: row.take()?,
        own_title: row.take()?,
        folder: row.take()?,
        full_text: row.take()?,
        rules: row.take()?,
        created_at: row.take()?,
    };
    Ok((id, feed))
}

fn entry(mut row: Row) -> Result<(EntryId, ArchivedEntry), StoreError> {
    let id = row.take()?;
    let mut entry = ArchivedEntry {
        identity: to_hex(row.take()?),
        content_hash: to_hex(row.take()?),
        own: row.take()?,
        url: row.take()?,
        title: row.take()?,
        author: row.take()?,
        site: row.take()?,
        lang: row.take()?,
        excerpt: row.take()?,
        image_url: row.take()?,
        comments_url: row.take()?,
        reading_minutes: row.take()?,
        enclosures: row.take()?,
        categories: row.take()?,
        published_at: row.take()?,
        sort_at: row.take()?,
        created_at: row.take()?,
        updated_at: row.take()?,
        html: body(row.take()?)?,
        article: body(row.take()?)?,
        state: state(&mut row)?,
        media_positions: Vec::new(),
        reading_position: None,
        tags: Vec::new(),
        highlights: Vec::new(),
        to_fetch: false,
        from_feed: row.take()?,
    };
    // Elsewhere it is a page of its own, and is called by the feed all the same.
    entry.site = entry.site.or(row.take::<Option<String>>()?.filter(|title| !title.is_empty()));
    Ok((id, entry))
}

fn body(bytes: Option<Vec<u8>>) -> Result<Option<String>, StoreError> {
    bytes.map(|bytes| decompress(&bytes)).transpose()
}

fn state(row: &mut Row) -> Result<Option<ArchivedState>, StoreError> {
    let Some(changed_at) = row.take::<Option<i64>>()? else { return Ok(None) };
    let (sort_at, unread, read_at) = (row.take()?, row.take()?, row.take()?);
    let starred: bool = row.take()?;
    // One without the time is of an older program; the star itself must not be lost.
    let starred_at = starred.then_some(row.take::<Option<i64>>()?.unwrap_or(changed_at));
    Ok(Some(ArchivedState { unread, read_at, starred_at, sort_at, changed_at }))
}
