//! What a user subscribes to: adding, changing, removing, bringing back.

use std::collections::BTreeMap;

use jiff::Timestamp;
use yomu_model::ids::{FeedId, FolderId, IconId, SubscriptionId, UserId};
use yomu_model::secret::Secret;

use crate::db::Tx;
use crate::feeds::{feed_for, set_source};
use crate::leaving::{lock_with_saved, take_back_kept};
use crate::value::{Row, params};
use crate::{Credentials, FeedHealth, FeedSource, Store, StoreError};

/// A feed as one user has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// The subscription's number.
    pub id: SubscriptionId,
    /// The feed behind it.
    pub feed_id: FeedId,
    /// The folder, if it is in one.
    pub folder_id: Option<FolderId>,
    /// The folder's title, if it is in one.
    pub folder_title: Option<String>,
    /// The title that the user gave it.
    pub own_title: Option<String>,
    /// The title that the feed gives itself; empty before the first fetch.
    pub feed_title: String,
    /// How the feed is fetched.
    pub source: FeedSource,
    /// The feed's site.
    pub site_url: Option<String>,
    /// The feed's words about itself.
    pub description: String,
    /// The feed's icon.
    pub icon_id: Option<IconId>,
    /// Whether the article of each entry's page is fetched too.
    pub full_text: bool,
    /// The user's rules for new entries, one a line.
    pub rules: String,
    /// Unread entries.
    pub unread_count: u32,
    /// All entries.
    pub entry_count: u32,
    /// Whether this is the user's place for saved pages, which is never fetched.
    pub is_saved_pages: bool,
    /// The user does not want to hear of trouble that began before this moment.
    pub hushed_at: Option<Timestamp>,
    /// How fetching goes.
    pub health: FeedHealth,
}

impl Subscription {
    /// The title to show: the user's, the feed's, or its address.
    #[must_use]
    pub fn title(&self) -> &str {
        title(self.own_title.as_deref(), &self.feed_title, &self.source.url)
    }

    /// Whether the feed fails, and the user wants to hear of it.
    #[must_use]
    pub fn is_troubled(&self) -> bool {
        self.health.error_count > 0 && !self.is_hushed()
    }

    /// Whether the user has heard enough of the present trouble. Another one, after the feed was well again, is told of.
    #[must_use]
    pub fn is_hushed(&self) -> bool {
        self.hushed_at.is_some_and(|hushed| self.health.error_since.is_some_and(|since| since <= hushed))
    }
}

/// The title to show of a feed: the user's, the feed's, or its address.
pub(crate) fn title<'a>(own: Option<&'a str>, of_feed: &'a str, url: &'a str) -> &'a str {
    match own {
        Some(title) => title,
        None if of_feed.is_empty() => url,
        None => of_feed,
    }
}

/// The settings of a subscription, all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscriptionChange {
    /// The user's own title; none to follow the feed's.
    pub title: Option<String>,
    /// The folder, one of the user's.
    pub folder_id: Option<FolderId>,
    /// Whether to fetch the article of each entry's page.
    pub full_text: bool,
    /// Rules for new entries, one a line.
    pub rules: String,
    /// How the feed is fetched.
    pub source: FeedSource,
}

const SELECT: &str = "SELECT b.id, b.feed_id, b.folder_id, d.title, b.title, f.title, f.url, f.username, f.password,
    f.encoding, f.site_url, f.description, f.icon_id, b.full_text, b.rules, b.unread_count, b.entry_count,
    f.is_saved_pages, b.hushed_at, f.checked_at, f.changed_at, f.next_check_at, f.error_count, f.error_kind, f.error_text, f.error_since, f.problems
  FROM subscription b JOIN feed f ON f.id = b.feed_id LEFT JOIN folder d ON d.id = b.folder_id";

impl Store {
    /// All subscriptions of the user, by folder and title. Saved pages are not among them.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn subscriptions(&self, user: UserId) -> Result<Vec<Subscription>, StoreError> {
        let sql = format!("{SELECT} WHERE b.user_id = ?1 AND b.removed_at IS NULL AND NOT f.is_saved_pages");
        let rows = self.db.rows(&sql, params![user]).await?;
        let mut all = rows.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
        // Ordered here, because the two databases would order capitals and Japanese differently.
        all.sort_by_cached_key(|one| (one.folder_title.as_deref().map(str::to_lowercase), one.title().to_lowercase()));
        Ok(all)
    }

    /// One subscription of the user.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn subscription(&self, user: UserId, id: SubscriptionId) -> Result<Option<Subscription>, StoreError> {
        let sql =
            format!("{SELECT} WHERE b.user_id = ?1 AND b.id = ?2 AND b.removed_at IS NULL AND NOT f.is_saved_pages");
        self.db.row(&sql, params![user, id]).await?.map(read).transpose()
    }

    /// All subscriptions of the user, in no order; the place for saved pages is among them.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn subscriptions_and_saved(&self, user: UserId) -> Result<Vec<Subscription>, StoreError> {
        let sql = format!("{SELECT} WHERE b.user_id = ?1 AND b.removed_at IS NULL");
        self.db.rows(&sql, params![user]).await?.into_iter().map(read).collect()
    }

    /// One subscription of the user, or the place for saved pages.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn subscription_or_saved(
        &self,
        user: UserId,
        id: SubscriptionId,
    ) -> Result<Option<Subscription>, StoreError> {
        let sql = format!("{SELECT} WHERE b.user_id = ?1 AND b.id = ?2 AND b.removed_at IS NULL");
        self.db.row(&sql, params![user, id]).await?.map(read).transpose()
    }

    /// Subscribes the user to a feed; a removed subscription to it is brought back. Says whether it is new.
    ///
    /// Entries that are stored already are the user's from now on, the newest ones unread.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn subscribe(
        &self,
        user: UserId,
        source: &FeedSource,
        folder: Option<FolderId>,
        title: Option<&str>,
        now: Timestamp,
    ) -> Result<(SubscriptionId, FeedId, bool), StoreError> {
        let mut tx = self.db.begin().await?;
        let feed = feed_for(&mut tx, user, source, now).await?;
        let sql = "SELECT id, removed_at FROM subscription WHERE user_id = ?1 AND feed_id = ?2";
        let existing = tx.row(sql, params![user, feed]).await?;
        let answer = match existing {
            Some(mut row) => {
                let id: SubscriptionId = row.take()?;
                let removed: Option<i64> = row.take()?;
                if let Some(removed_at) = removed {
                    bring_back(&mut tx, user, id, removed_at).await?;
                    move_to(&mut tx, user, id, folder).await?;
                }
                (id, feed, removed.is_some())
            }
            None => (create(&mut tx, user, feed, folder, title, now).await?, feed, true),
        };
        tx.commit().await?;
        Ok(answer)
    }

    /// Changes the settings of a subscription. Says whether the user has such a one.
    ///
    /// A feed that others read too is left as it is when the source changes: the user gets another feed.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] when the user reads the new address already.
    pub async fn change_subscription(
        &self,
        user: UserId,
        id: SubscriptionId,
        change: &SubscriptionChange,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let Some(current) = self.subscription(user, id).await? else { return Ok(false) };
        let mut tx = self.db.begin().await?;
        let folder = own_folder(&mut tx, user, change.folder_id).await?;
        tx.execute(
            "UPDATE subscription SET title = ?3, full_text = ?4, rules = ?5 WHERE user_id = ?1 AND id = ?2",
            params![user, id, change.title.as_deref(), change.full_text, change.rules.as_str()],
        )
        .await?;
        if folder != current.folder_id {
            move_to(&mut tx, user, id, folder).await?;
        }
        if change.source != current.source {
            change_source(&mut tx, user, &current, &change.source, now).await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    /// Moves a subscription into a folder of the user's, or out of any. Says whether the user has such a one.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn move_subscription(
        &self,
        user: UserId,
        id: SubscriptionId,
        folder: Option<FolderId>,
    ) -> Result<bool, StoreError> {
        let mut tx = self.db.begin().await?;
        let folder = own_folder(&mut tx, user, folder).await?;
        let moved = move_to(&mut tx, user, id, folder).await?;
        tx.commit().await?;
        Ok(moved)
    }

    /// Says no more of the trouble that a feed of the user's is in now. Says whether the user has such a one.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn hush(&self, user: UserId, id: SubscriptionId, now: Timestamp) -> Result<bool, StoreError> {
        let sql = "UPDATE subscription SET hushed_at = ?3 WHERE user_id = ?1 AND id = ?2 AND removed_at IS NULL";
        Ok(self.db.execute(sql, params![user, id, now]).await? > 0)
    }

    /// Says again what is wrong with a feed of the user's. Says whether the user has such a one.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn unhush(&self, user: UserId, id: SubscriptionId) -> Result<bool, StoreError> {
        let sql = "UPDATE subscription SET hushed_at = NULL WHERE user_id = ?1 AND id = ?2 AND removed_at IS NULL";
        Ok(self.db.execute(sql, params![user, id]).await? > 0)
    }

    /// Brings back a subscription that ended at that moment, with its entries as they were.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn resubscribe(
        &self,
        user: UserId,
        id: SubscriptionId,
        removed_at: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut tx = self.begin_marking(user).await?;
        let done = bring_back(&mut tx, user, id, removed_at.as_millisecond()).await?;
        tx.commit().await?;
        Ok(done)
    }
}

/// A folder number that is the user's, or none: a stranger's folder is treated as no folder.
async fn own_folder(tx: &mut Tx, user: UserId, folder: Option<FolderId>) -> Result<Option<FolderId>, StoreError> {
    tx.value("SELECT id FROM folder WHERE user_id = ?1 AND id = CAST(?2 AS BIGINT)", params![user, folder]).await
}

async fn create(
    tx: &mut Tx,
    user: UserId,
    feed: FeedId,
    folder: Option<FolderId>,
    title: Option<&str>,
    now: Timestamp,
) -> Result<SubscriptionId, StoreError> {
    /// A newcomer to a feed that others read is not greeted by years of unread entries.
    const UNREAD_MAX: i64 = 50;

    let folder = own_folder(tx, user, folder).await?;
    let id: SubscriptionId = tx
        .value(
            "INSERT INTO subscription (user_id, feed_id, folder_id, title, created_at)
             VALUES (?1, ?2, CAST(?3 AS BIGINT), ?4, ?5) RETURNING id",
            params![user, feed, folder, title, now],
        )
        .await?
        .ok_or(StoreError::Decode { expected: "a new number" })?;
    tx.execute(
        "INSERT INTO entry_state (entry_id, user_id, subscription_id, folder_id, sort_at, unread, changed_at)
         SELECT e.id, ?1, ?2, CAST(?3 AS BIGINT), e.sort_at,
           ROW_NUMBER() OVER (ORDER BY e.sort_at DESC, e.id DESC) <= ?4, ?5
         FROM entry e WHERE e.feed_id = ?6 AND (e.owner_id IS NULL OR e.owner_id = ?1)
         ON CONFLICT DO NOTHING",
        params![user, id, folder, UNREAD_MAX, now, feed],
    )
    .await?;
    recount_all(tx, vec![id.get()]);
    Ok(id)
}

async fn move_to(tx: &mut Tx, user: UserId, id: SubscriptionId, folder: Option<FolderId>) -> Result<bool, StoreError> {
    let moved = tx
        .execute(
            "UPDATE subscription SET folder_id = CAST(?3 AS BIGINT) WHERE user_id = ?1 AND id = ?2",
            params![user, id, folder],
        )
        .await?;
    if moved > 0 {
        tx.execute(
            "UPDATE entry_state SET folder_id = CAST(?2 AS BIGINT) WHERE subscription_id = ?1",
            params![id, folder],
        )
        .await?;
    }
    Ok(moved > 0)
}

async fn bring_back(tx: &mut Tx, user: UserId, id: SubscriptionId, removed_at: i64) -> Result<bool, StoreError> {
    lock_with_saved(tx, user, id).await?;
    let back = tx
        .execute(
            "UPDATE subscription SET removed_at = NULL WHERE user_id = ?1 AND id = ?2 AND removed_at = ?3",
            params![user, id, removed_at],
        )
        .await?;
    if back > 0 {
        tx.execute(
            "UPDATE entry_state SET removed_at = NULL WHERE subscription_id = ?1 AND removed_at = ?2",
            params![id, removed_at],
        )
        .await?;
        take_back_kept(tx, user, id, removed_at).await?;
        tx.execute(
            "UPDATE feed SET next_check_at = created_at WHERE next_check_at IS NULL AND error_kind IS NULL
               AND id = (SELECT feed_id FROM subscription WHERE id = ?1)",
            params![id],
        )
        .await?;
        recount_all(tx, vec![id.get()]);
    }
    Ok(back > 0)
}

/// The only reader of a feed changes it; one of several leaves it to the others and gets another.
async fn change_source(
    tx: &mut Tx,
    user: UserId,
    current: &Subscription,
    source: &FeedSource,
    now: Timestamp,
) -> Result<(), StoreError> {
    let owner = source.is_private().then_some(user);
    let others: i64 = tx
        .value(
            "SELECT (SELECT COUNT(*) FROM subscription WHERE feed_id = ?1 AND user_id <> ?2)
                  + (SELECT COUNT(*) FROM feed WHERE url = ?3 AND id <> ?1
                       AND owner_id IS NOT DISTINCT FROM CAST(?4 AS BIGINT))",
            params![current.feed_id, user, source.url.as_str(), owner],
        )
        .await?
        .unwrap_or(0);
    if others == 0 {
        return set_source(tx, current.feed_id, user, source, now).await;
    }
    let feed = feed_for(tx, user, source, now).await?;
    // The unique pair of user and feed refuses a second subscription to the same feed.
    tx.execute("UPDATE subscription SET feed_id = ?3 WHERE user_id = ?1 AND id = ?2", params![user, current.id, feed])
        .await?;
    Ok(())
}

/// Adds to the numbers of unread entries, or takes away, with the next statement or the commit. Each change comes with the
/// subscriptions that it is meant for; together they are `all`. The rows are locked first, so that a refresh that counts
/// them anew comes before or after, and sees the marks that it counts.
pub(crate) fn add_to_unread(tx: &mut Tx, all: Vec<i64>, changes: BTreeMap<i64, Vec<i64>>) {
    lock(tx, all);
    for (change, subscriptions) in changes {
        tx.later(
            "UPDATE subscription SET unread_count = {max}(unread_count + ?2, 0) WHERE id IN ({list:1})",
            params![subscriptions, change],
        );
    }
}

/// Counts the entries of subscriptions anew, where entries came or went, with the next statement or the commit. Their
/// rows are locked first, by a statement of its own, so that the count sees what a refresh that held them has written;
/// counted along the indexes.
pub(crate) fn recount_all(tx: &mut Tx, subscriptions: Vec<i64>) {
    lock(tx, subscriptions.clone());
    tx.later(
        "UPDATE subscription SET unread_count =
           (SELECT COUNT(*) FROM entry_state s {index:state_subscription_unread}
            WHERE s.subscription_id = subscription.id AND s.unread AND s.removed_at IS NULL),
           entry_count =
           (SELECT COUNT(*) FROM entry_state s {index:state_subscription}
            WHERE s.subscription_id = subscription.id AND s.removed_at IS NULL)
         WHERE id IN ({list:1})",
        params![subscriptions],
    );
}

fn lock(tx: &mut Tx, subscriptions: Vec<i64>) {
    tx.later("SELECT id FROM subscription WHERE id IN ({list:1}) ORDER BY id {lock}", params![subscriptions]);
}

fn read(mut row: Row) -> Result<Subscription, StoreError> {
    Ok(Subscription {
        id: row.take()?,
        feed_id: row.take()?,
        folder_id: row.take()?,
        folder_title: row.take()?,
        own_title: row.take()?,
        feed_title: row.take()?,
        source: FeedSource {
            url: row.take()?,
            credentials: credentials(row.take()?, row.take()?),
            encoding: row.take()?,
        },
        site_url: row.take()?,
        description: row.take()?,
        icon_id: row.take()?,
        full_text: row.take()?,
        rules: row.take()?,
        unread_count: row.take()?,
        entry_count: row.take()?,
        is_saved_pages: row.take()?,
        hushed_at: row.take()?,
        health: FeedHealth {
            checked_at: row.take()?,
            changed_at: row.take()?,
            next_check_at: row.take()?,
            error_count: row.take()?,
            error_kind: row.take()?,
            error_text: row.take()?,
            error_since: row.take()?,
            problems: row.take()?,
        },
    })
}

/// Both columns are set or neither.
pub(crate) fn credentials(username: Option<String>, password: Option<String>) -> Option<Credentials> {
    Some(Credentials { username: username?, password: Secret::new(password?) })
}
