//! Pages brought along from other programs: kept at once, their texts fetched later.

use std::time::Duration;

use jiff::Timestamp;
use yomu_model::ids::{EntryId, FeedId, SubscriptionId, UserId};
use yomu_model::name::TagName;

use crate::db::Tx;
use crate::highlights::insert_highlight;
use crate::ingest::{Packed, write_body, write_search};
use crate::subscriptions::recount_all;
use crate::tags::{attach, tag_for};
use crate::value::params;
use crate::{BodyKind, NewEntry, NewHighlight, Store, StoreError};

/// A page to keep.
#[derive(Debug, Clone)]
pub struct ImportedPage {
    /// The page as an entry; its identity is made from its address. Its text may be missing.
    pub entry: NewEntry,
    /// When it was kept elsewhere.
    pub saved_at: Timestamp,
    /// Whether it is unread.
    pub unread: bool,
    /// Whether it is starred.
    pub starred: bool,
    /// Its tags.
    pub tags: Vec<TagName>,
    /// Its highlights, each with the time of its making where that is known.
    pub highlights: Vec<(NewHighlight, Option<Timestamp>)>,
    /// Whether its text is to be fetched.
    pub is_to_fetch: bool,
}

/// What became of pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ImportedCount {
    /// Pages that are new.
    pub new: u32,
    /// Pages that the user had: they got the tags and highlights that were missing.
    pub known: u32,
}

/// A page whose text is to be fetched now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageToFetch {
    /// The page.
    pub entry: EntryId,
    /// Whose it is.
    pub user: UserId,
    /// Its address.
    pub url: String,
    /// How many times it has been tried, with this one.
    pub tries: u32,
}

/// How the fetching of pages goes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageFetches {
    /// Pages that wait for their turn.
    pub waiting: u32,
    /// Pages that were given up.
    pub failed: u32,
    /// Some of them, with the reasons.
    pub failures: Vec<PageFailure>,
}

/// A page whose text could not be fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageFailure {
    /// The page.
    pub entry: EntryId,
    /// Its title.
    pub title: String,
    /// A stable code.
    pub kind: String,
    /// One English sentence.
    pub text: String,
}

impl Store {
    /// Keeps pages of another program among the user's saved pages, all or none.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn import_pages(
        &self,
        user: UserId,
        pages: Vec<ImportedPage>,
        now: Timestamp,
    ) -> Result<ImportedCount, StoreError> {
        let mut packed = Vec::with_capacity(pages.len());
        for mut page in pages {
            let entry = std::mem::take(&mut page.entry);
            packed.push((self.pack_on_thread(entry).await?, page));
        }
        let mut tx = self.begin_marking(user).await?;
        let sql = "SELECT f.id, b.id FROM subscription b JOIN feed f ON f.id = b.feed_id
            WHERE b.user_id = ?1 AND f.is_saved_pages";
        let mut row =
            tx.row(sql, params![user]).await?.ok_or(StoreError::Decode { expected: "a place for saved pages" })?;
        let (feed, subscription): (FeedId, SubscriptionId) = (row.take()?, row.take()?);
        let mut count = ImportedCount::default();
        for (packed, page) in packed {
            let (entry, is_new) = keep(&mut tx, user, feed, subscription, &packed, &page, now).await?;
            if is_new {
                count.new += 1;
            } else {
                count.known += 1;
            }
            for name in &page.tags {
                let tag = tag_for(&mut tx, user, name, now).await?;
                attach(&mut tx, user, &[entry], tag).await?;
            }
            for (highlight, made_at) in &page.highlights {
                insert_highlight(&mut tx, user, entry, highlight, made_at.unwrap_or(page.saved_at)).await?;
            }
        }
        recount_all(&mut tx, vec![subscription.get()]);
        tx.commit().await?;
        Ok(count)
    }

    /// Takes pages whose turn it is. Their next turn is after the lease, should nothing be heard of them.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn claim_pages(
        &self,
        limit: u32,
        lease: Duration,
        now: Timestamp,
    ) -> Result<Vec<PageToFetch>, StoreError> {
        let until = now.checked_add(lease).unwrap_or(now);
        let mut tx = self.db.begin().await?;
        let due = tx
            .rows(
                "SELECT p.entry_id, p.user_id, p.tries FROM page_fetch p {index:page_fetch_due}
                 WHERE p.next_at <= ?1 ORDER BY p.next_at LIMIT ?2 {skip_locked}",
                params![now, limit],
            )
            .await?;
        let mut pages = Vec::with_capacity(due.len());
        for mut row in due {
            let (entry, user, tries): (EntryId, UserId, u32) = (row.take()?, row.take()?, row.take()?);
            let tries = tries.saturating_add(1);
            let sql = "UPDATE page_fetch SET next_at = ?3, tries = ?4 WHERE entry_id = ?1 AND user_id = ?2";
            tx.execute(sql, params![entry, user, until, tries]).await?;
            let url: Option<String> = tx.value("SELECT url FROM entry WHERE id = ?1", params![entry]).await?;
            pages.push(PageToFetch { entry, user, url: url.unwrap_or_default(), tries });
        }
        tx.commit().await?;
        Ok(pages)
    }

    /// Stores the text of a page that was brought along. Its own title stays where it had one.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn finish_page(&self, page: &PageToFetch, article: NewEntry) -> Result<(), StoreError> {
        let sql = "SELECT title, url FROM entry WHERE id = ?1";
        let Some(mut row) = self.db.row(sql, params![page.entry]).await? else { return Ok(()) };
        let (title, url): (String, String) = (row.take()?, row.take()?);
        let title = if title.is_empty() || title == url { article.title.clone() } else { title };
        let packed = self.pack_on_thread(NewEntry { title, ..article }).await?;
        let entry = &packed.entry;
        let mut tx = self.db.begin().await?;
        let updated = tx
            .execute(
                "UPDATE entry SET title = ?2, author = CASE WHEN author = '' THEN ?3 ELSE author END,
                   site = COALESCE(site, ?4), lang = COALESCE(lang, ?5), excerpt = ?6, image_url = COALESCE(image_url, ?7),
                   reading_minutes = ?8, published_at = COALESCE(published_at, CAST(?9 AS BIGINT)) WHERE id = ?1",
                params![
                    page.entry,
                    entry.title.as_str(),
                    entry.author.as_str(),
                    entry.site.as_deref(),
                    entry.lang.as_deref(),
                    entry.excerpt.as_str(),
                    entry.image_url.as_deref(),
                    entry.reading_minutes,
                    entry.published_at
                ],
            )
            .await?;
        if updated > 0 {
            write_body(&mut tx, page.entry, BodyKind::Feed, &packed.body).await?;
            write_search(&mut tx, page.entry, &packed.search).await?;
            let sql = "DELETE FROM page_fetch WHERE entry_id = ?1 AND user_id = ?2";
            tx.execute(sql, params![page.entry, page.user]).await?;
        }
        tx.commit().await
    }

    /// Writes down that a page could not be fetched, and when it is tried again; none to give it up.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn fail_page(
        &self,
        page: &PageToFetch,
        kind: &str,
        text: &str,
        next_at: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE page_fetch SET next_at = CAST(?3 AS BIGINT), error_kind = ?4, error_text = ?5
            WHERE entry_id = ?1 AND user_id = ?2";
        self.db.execute(sql, params![page.entry, page.user, next_at, kind, text]).await.map(drop)
    }

    /// How the fetching of a user's pages goes.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn page_fetches(&self, user: UserId, limit: u32) -> Result<PageFetches, StoreError> {
        let sql =
            "SELECT COUNT(next_at), COUNT(CASE WHEN next_at IS NULL THEN 1 END) FROM page_fetch WHERE user_id = ?1";
        let Some(mut row) = self.db.row(sql, params![user]).await? else { return Ok(PageFetches::default()) };
        let mut fetches = PageFetches { waiting: row.take()?, failed: row.take()?, failures: Vec::new() };
        if fetches.failed > 0 {
            let sql = "SELECT p.entry_id, e.title, COALESCE(p.error_kind, ''), COALESCE(p.error_text, '')
                FROM page_fetch p JOIN entry e ON e.id = p.entry_id
                WHERE p.user_id = ?1 AND p.next_at IS NULL ORDER BY p.entry_id DESC LIMIT ?2";
            for mut row in self.db.rows(sql, params![user, limit]).await? {
                let (entry, title, kind, text) = (row.take()?, row.take()?, row.take()?, row.take()?);
                fetches.failures.push(PageFailure { entry, title, kind, text });
            }
        }
        Ok(fetches)
    }

    /// Tries all pages of a user again that were given up. Returns how many.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn retry_pages(&self, user: UserId, now: Timestamp) -> Result<u64, StoreError> {
        let sql = "UPDATE page_fetch SET next_at = ?2, tries = 0 WHERE user_id = ?1 AND next_at IS NULL";
        self.db.execute(sql, params![user, now]).await
    }
}

/// Keeps one page. Returns its number, and whether it is new; one that is there stays as it is.
async fn keep(
    tx: &mut Tx,
    user: UserId,
    feed: FeedId,
    subscription: SubscriptionId,
    packed: &Packed,
    page: &ImportedPage,
    now: Timestamp,
) -> Result<(EntryId, bool), StoreError> {
    let entry = &packed.entry;
    let made: Option<EntryId> = tx
        .value(
            "INSERT INTO entry (feed_id, identity, content_hash, url, title, author, lang, excerpt, image_url,
               reading_minutes, sort_at, created_at, updated_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12)
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
                entry.reading_minutes,
                page.saved_at,
                now
            ],
        )
        .await?;
    let (id, is_new) = match made {
        Some(id) => (id, true),
        None => {
            let known = "SELECT id FROM entry WHERE feed_id = ?1 AND identity = ?2";
            let id = tx.value(known, params![feed, entry.identity.as_slice()]).await?;
            (id.ok_or(StoreError::Decode { expected: "an entry" })?, false)
        }
    };
    if is_new {
        write_body(tx, id, BodyKind::Feed, &packed.body).await?;
        write_search(tx, id, &packed.search).await?;
    }
    // A page that was removed and waits to be purged is there again.
    tx.execute(
        "INSERT INTO entry_state (entry_id, user_id, subscription_id, sort_at, unread, read_at, starred, starred_at,
           changed_at)
         VALUES (?1, ?2, ?3, ?4, ?5, CASE WHEN ?5 THEN NULL ELSE CAST(?4 AS BIGINT) END, ?6,
           CASE WHEN ?6 THEN CAST(?4 AS BIGINT) ELSE NULL END, ?7)
         ON CONFLICT (entry_id, user_id) DO UPDATE SET removed_at = NULL, starred = entry_state.starred OR excluded.starred,
           starred_at = COALESCE(entry_state.starred_at, excluded.starred_at), changed_at = excluded.changed_at",
        params![id, user, subscription, page.saved_at, page.unread, page.starred, now],
    )
    .await?;
    if is_new && page.is_to_fetch {
        let sql = "INSERT INTO page_fetch (entry_id, user_id, next_at, tries) VALUES (?1, ?2, ?3, 0)
            ON CONFLICT (entry_id, user_id) DO NOTHING";
        tx.execute(sql, params![id, user, now]).await?;
    }
    Ok((id, is_new))
}
