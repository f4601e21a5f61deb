//! Taking in what a user owned elsewhere. What is there already stays, and of two states of one entry the later counts; so
//! taking the same in twice changes nothing.

use jiff::Timestamp;
use yomu_model::highlight::Quote;
use yomu_model::ids::{EntryId, FeedId, SubscriptionId, UserId};
use yomu_model::name::TagName;
use yomu_model::secret::Secret;

use super::{ArchivedEntry, ArchivedFeed, ArchivedState, from_hex};
use crate::clock::from_millis;
use crate::compression::compress;
use crate::db::Tx;
use crate::highlights::insert_highlight;
use crate::ingest::{Packed, write_body, write_search};
use crate::subscriptions::recount_all;
use crate::tags::{attach, tag_for};
use crate::value::params;
use crate::{BodyKind, Credentials, FeedSource, NewEntry, NewHighlight, Store, StoreError};

/// What was taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Restored {
    /// Entries that were not there.
    pub new: u64,
    /// Entries that were there.
    pub known: u64,
}

impl Store {
    /// Subscribes as it was elsewhere. Says whether the subscription is new; one that is there keeps its settings.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn restore_feed(
        &self,
        user: UserId,
        feed: &ArchivedFeed,
        now: Timestamp,
    ) -> Result<(SubscriptionId, bool), StoreError> {
        if feed.saved_pages {
            return Ok((self.restore_saved_pages(user, feed.created_at).await?, false));
        }
        let folder = match &feed.folder {
            Some(title) => Some(self.folder_named(user, title).await?),
            None => None,
        };
        let credentials = feed.username.clone().zip(feed.password.clone());
        let source = FeedSource {
            url: feed.url.clone(),
            credentials: credentials
                .map(|(username, password)| Credentials { username, password: Secret::new(password) }),
            encoding: feed.encoding.clone(),
        };
        let own_title = feed.own_title.as_deref();
        let (id, feed_id, is_new) = self.subscribe(user, &source, folder, own_title, now).await?;
        if is_new {
            self.restore_settings(user, id, feed_id, feed).await?;
        }
        Ok((id, is_new))
    }

    /// Takes entries into a subscription, all in one transaction. `texts` are the plain texts of their bodies, for search.
    /// With `replace`, as for a subscription that was just made, their states replace whatever states there are.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn restore_entries(
        &self,
        user: UserId,
        subscription: SubscriptionId,
        entries: Vec<(ArchivedEntry, String)>,
        replace: bool,
    ) -> Result<Restored, StoreError> {
        let dialect = self.db.dialect();
        let packing = move || entries.into_iter().map(|(entry, text)| Restorable::new(dialect, entry, text)).collect();
        let entries: Vec<Option<Restorable>> =
            tokio::task::spawn_blocking(packing).await.map_err(|_| StoreError::Stopping)?;
        let mut tx = self.begin_marking(user).await?;
        let feed = "SELECT feed_id FROM subscription WHERE user_id = ?1 AND id = ?2 AND removed_at IS NULL";
        let Some(feed) = tx.value::<FeedId>(feed, params![user, subscription]).await? else {
            return Ok(Restored::default());
        };
        let mut restored = Restored::default();
        for entry in entries.into_iter().flatten() {
            let (id, is_new) = match kept_here(&mut tx, user, subscription, &entry).await? {
                Some(id) => (id, false),
                None => entry.write(&mut tx, user, feed).await?,
            };
            *(if is_new { &mut restored.new } else { &mut restored.known }) += 1;
            match entry.archived.state {
                Some(state) => write_state(&mut tx, user, subscription, id, state, replace).await?,
                None if replace => remove_state(&mut tx, user, id).await?,
                None => {}
            }
            if let Some(state) = entry.archived.state {
                write_kept(&mut tx, user, id, &entry.archived, state.changed_at).await?;
            }
            for (number, seconds) in &entry.archived.media_positions {
                tx.execute(
                    "INSERT INTO media_position (entry_id, user_id, number, seconds) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT (entry_id, user_id, number) DO NOTHING",
                    params![id, user, *number, *seconds],
                )
                .await?;
            }
            if let Some((permille, changed_at)) = entry.archived.reading_position {
                tx.execute(
                    "INSERT INTO reading_position (entry_id, user_id, permille, changed_at) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT (entry_id, user_id) DO NOTHING",
                    params![id, user, permille, changed_at],
                )
                .await?;
            }
        }
        recount_all(&mut tx, vec![subscription.get()]);
        tx.commit().await?;
        Ok(restored)
    }

    /// The place for saved pages is there from the beginning; it becomes as old as it was elsewhere.
    async fn restore_saved_pages(&self, user: UserId, created_at: i64) -> Result<SubscriptionId, StoreError> {
        let sql = "SELECT b.id FROM subscription b JOIN feed f ON f.id = b.feed_id
                   WHERE b.user_id = ?1 AND f.is_saved_pages";
        let id = self.db.value(sql, params![user]).await?;
        let id = id.ok_or(StoreError::Decode { expected: "a place for saved pages" })?;
        let sql = "UPDATE subscription SET created_at = ?3 WHERE user_id = ?1 AND id = ?2 AND created_at > ?3";
        self.db.execute(sql, params![user, id, created_at]).await?;
        Ok(id)
    }

    async fn restore_settings(
        &self,
        user: UserId,
        id: SubscriptionId,
        feed_id: FeedId,
        feed: &ArchivedFeed,
    ) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        tx.execute(
            "UPDATE subscription SET full_text = ?3, rules = ?4, created_at = ?5 WHERE user_id = ?1 AND id = ?2",
            params![user, id, feed.full_text, feed.rules.as_str(), feed.created_at],
        )
        .await?;
        // What the feed says of itself, unless it was fetched here before.
        tx.execute(
            "UPDATE feed SET title = ?2, site_url = ?3, description = ?4, lang = ?5 WHERE id = ?1 AND checked_at IS NULL",
            params![
                feed_id,
                feed.title.as_str(),
                feed.site_url.as_deref(),
                feed.description.as_str(),
                feed.lang.as_deref()
            ],
        )
        .await?;
        tx.commit().await
    }
}

/// An entry whose bodies are compressed and whose tokens are made.
struct Restorable {
    archived: ArchivedEntry,
    packed: Packed,
    has_html: bool,
    article: Option<Vec<u8>>,
}

impl Restorable {
    /// None for an entry whose hashes are none.
    fn new(dialect: crate::dialect::Dialect, mut archived: ArchivedEntry, text: String) -> Option<Self> {
        let identity = from_hex(&archived.identity)?;
        let content_hash = from_hex(&archived.content_hash)?;
        let html = archived.html.take();
        let article = archived.article.take().map(|html| compress(&html));
        let entry = NewEntry {
            identity,
            content_hash,
            title: archived.title.clone(),
            author: archived.author.clone(),
            html: html.clone().unwrap_or_default(),
            text,
            ..NewEntry::default()
        };
        Some(Self { packed: Packed::new(dialect, entry), has_html: html.is_some(), article, archived })
    }

    /// Writes the entry unless it is there. Returns its number and whether it is new.
    async fn write(&self, tx: &mut Tx, user: UserId, feed: FeedId) -> Result<(EntryId, bool), StoreError> {
        let (entry, packed) = (&self.archived, &self.packed.entry);
        let inserted: Option<EntryId> = tx
            .value(
                "INSERT INTO entry (feed_id, identity, content_hash, owner_id, url, title, author, site, lang, excerpt,
                   image_url, comments_url, reading_minutes, enclosures, categories, published_at, sort_at, created_at,
                   updated_at)
                 VALUES (?1, ?2, ?3, CAST(?4 AS BIGINT), ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15,
                   CAST(?16 AS BIGINT), ?17, ?18, ?19)
                 ON CONFLICT (feed_id, identity) DO NOTHING RETURNING id",
                params![
                    feed,
                    packed.identity.as_slice(),
                    packed.content_hash.as_slice(),
                    entry.own.then_some(user),
                    entry.url.as_str(),
                    packed.title.as_str(),
                    packed.author.as_str(),
                    entry.site.as_deref(),
                    entry.lang.as_deref(),
                    entry.excerpt.as_str(),
                    entry.image_url.as_deref(),
                    entry.comments_url.as_deref(),
                    entry.reading_minutes,
                    entry.enclosures.as_deref(),
                    entry.categories.as_deref(),
                    entry.published_at,
                    entry.sort_at,
                    entry.created_at,
                    entry.updated_at
                ],
            )
            .await?;
        let Some(id) = inserted else {
            let known = "SELECT id FROM entry WHERE feed_id = ?1 AND identity = ?2";
            let id = tx.value(known, params![feed, packed.identity.as_slice()]).await?;
            return Ok((id.ok_or(StoreError::Decode { expected: "an entry" })?, false));
        };
        if self.has_html {
            write_body(tx, id, BodyKind::Feed, &self.packed.body).await?;
        }
        if let Some(article) = &self.article {
            write_body(tx, id, BodyKind::Article, article).await?;
        }
        write_search(tx, id, &self.packed.search).await?;
        Ok((id, true))
    }
}

/// An entry that stands under this subscription already, although it is one of another feed: it was taken in here before
/// it came from here.
async fn kept_here(
    tx: &mut Tx,
    user: UserId,
    subscription: SubscriptionId,
    entry: &Restorable,
) -> Result<Option<EntryId>, StoreError> {
    let Some(url) = &entry.archived.from_feed else { return Ok(None) };
    tx.value(
        "SELECT e.id FROM feed f JOIN entry e ON e.feed_id = f.id AND e.identity = ?4
           JOIN entry_state s ON s.entry_id = e.id AND s.user_id = ?1 AND s.subscription_id = ?2
         WHERE f.url = ?3 AND (f.owner_id IS NULL OR f.owner_id = ?1) LIMIT 1",
        params![user, subscription, url.as_str(), entry.packed.entry.identity.as_slice()],
    )
    .await
}

async fn write_state(
    tx: &mut Tx,
    user: UserId,
    subscription: SubscriptionId,
    entry: EntryId,
    state: ArchivedState,
    replace: bool,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO entry_state (entry_id, user_id, subscription_id, folder_id, sort_at, unread, read_at, starred,
           starred_at, changed_at)
         SELECT CAST(?3 AS BIGINT), b.user_id, b.id, b.folder_id, CAST(?4 AS BIGINT), ?5, CAST(?6 AS BIGINT),
           CAST(?7 AS BIGINT) IS NOT NULL, CAST(?7 AS BIGINT), CAST(?8 AS BIGINT)
         FROM subscription b WHERE b.user_id = ?1 AND b.id = ?2
         ON CONFLICT (entry_id, user_id) DO UPDATE SET sort_at = excluded.sort_at, unread = excluded.unread,
           read_at = excluded.read_at, starred = excluded.starred, starred_at = excluded.starred_at,
           changed_at = excluded.changed_at, removed_at = NULL
         WHERE ?9 OR entry_state.changed_at < excluded.changed_at",
        params![
            user,
            subscription,
            entry,
            state.sort_at,
            state.unread,
            state.read_at,
            state.starred_at,
            state.changed_at,
            replace
        ],
    )
    .await?;
    Ok(())
}

/// Tags and highlights, beside those that are there. A name or a passage that cannot be one was refused when it was read.
async fn write_kept(
    tx: &mut Tx,
    user: UserId,
    entry: EntryId,
    archived: &ArchivedEntry,
    changed_at: i64,
) -> Result<(), StoreError> {
    for name in archived.tags.iter().filter_map(|name| TagName::parse(name).ok()) {
        let tag = tag_for(tx, user, &name, from_millis(changed_at)).await?;
        attach(tx, user, &[entry], tag).await?;
    }
    for one in &archived.highlights {
        let Ok(quote) = Quote::new(&one.exact, &one.prefix, &one.suffix) else { continue };
        let place = one.place.and_then(|place| usize::try_from(place).ok());
        let new = NewHighlight { quote, place, note: one.note.clone() };
        insert_highlight(tx, user, entry, &new, from_millis(one.created_at)).await?;
    }
    if archived.to_fetch {
        let sql = "INSERT INTO page_fetch (entry_id, user_id, next_at, tries)
            SELECT s.entry_id, s.user_id, s.changed_at, 0 FROM entry_state s WHERE s.entry_id = ?1 AND s.user_id = ?2
            ON CONFLICT (entry_id, user_id) DO NOTHING";
        tx.execute(sql, params![entry, user]).await?;
    }
    Ok(())
}

/// An entry that the user had removed, or never saw, is not shown because others have it.
async fn remove_state(tx: &mut Tx, user: UserId, entry: EntryId) -> Result<(), StoreError> {
    tx.execute("DELETE FROM entry_state WHERE user_id = ?1 AND entry_id = ?2", params![user, entry]).await?;
    Ok(())
}
