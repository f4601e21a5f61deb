//! Searching the user's entries. The query language and the tokens are yomu-model's, the same for both engines.
//!
//! The cost grows with the entries that match, not with those that are stored: matches come from the index, then each is
//! looked up in the user's states. PostgreSQL finds all that it needs for that in the key of the states, and never looks
//! at the tokens themselves.

use std::time::Instant;

use yomu_model::ids::{EntryId, SubscriptionId, UserId};
use yomu_model::search::Query;

use crate::authors::Authors;
use crate::clock::to_millis;
use crate::dialect::Dialect;
use crate::entries::{JOINS, SUMMARY, page};
use crate::observe::{Work, done};
use crate::value::{Value, params};
use crate::{Cursor, Page, Store, StoreError};

impl Store {
    /// The entries of the user that meet a query, newest first, one page beginning after a cursor.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn search(
        &self,
        user: UserId,
        query: &Query,
        after: Option<Cursor>,
        limit: u32,
    ) -> Result<Page, StoreError> {
        let started = Instant::now();
        let words = match self.db.dialect() {
            Dialect::Sqlite => query.fts5(),
            Dialect::Postgres => query.tsquery(),
        };
        let from = match &words {
            None => "{search_nothing}",
            Some(words) if words.is_negated => "{search_others}",
            Some(_) => "{search_matches}",
        };
        let among = match self.subscriptions_meant(user, query).await? {
            None => "TRUE".to_owned(),
            Some(ids) => format!("s.subscription_id IN ({})", join(&ids)),
        };
        let (by, names) = match self.authors_meant(&query.authors).await? {
            None => ("CAST(?8 AS TEXT) IS NULL", Value::Null),
            Some(Authors::Among(names)) => (BY_ONE, names.into()),
            Some(Authors::Except(names)) => (BY_ANOTHER, names.into()),
        };
        let states = states(query);
        let sql = format!(
            "SELECT {SUMMARY} FROM (
               SELECT t.entry_id, t.subscription_id, t.sort_at AS place, t.unread, t.starred FROM (
                 SELECT s.entry_id FROM {from}
                   AND s.user_id = ?1 AND s.removed_at IS NULL AND s.sort_at >= ?3 AND s.sort_at < ?4
                   AND (s.sort_at, s.entry_id) < (?5, ?6) AND {among} AND {by} AND {states}
                 ORDER BY s.sort_at DESC, s.entry_id DESC LIMIT ?7) m
               JOIN entry_state t ON t.entry_id = m.entry_id AND t.user_id = ?1) s {JOINS}
             ORDER BY s.place DESC, s.entry_id DESC"
        );
        let after = after.unwrap_or(Cursor { at: i64::MAX, entry: EntryId::new(i64::MAX) });
        let rows = self
            .db
            .rows(
                &sql,
                params![
                    user,
                    words.map(|words| words.text),
                    query.after.map_or(i64::MIN, to_millis),
                    query.before.map_or(i64::MAX, to_millis),
                    after.at,
                    after.entry,
                    limit.saturating_add(1),
                    names
                ],
            )
            .await?;
        done(Work::Search, started);
        page(rows, limit)
    }

    /// The subscriptions that `feed:` and `folder:` leave; none when the query has neither.
    pub(crate) async fn subscriptions_meant(
        &self,
        user: UserId,
        query: &Query,
    ) -> Result<Option<Vec<SubscriptionId>>, StoreError> {
        if query.feeds.is_empty() && query.folders.is_empty() {
            return Ok(None);
        }
        let all = self.subscriptions(user).await?;
        let meant = all.iter().filter(|one| {
            query.feeds.accept(one.title()) && query.folders.accept(one.folder_title.as_deref().unwrap_or_default())
        });
        Ok(Some(meant.map(|one| one.id).collect()))
    }
}

const BY_ONE: &str = "s.entry_id IN (SELECT a.id FROM entry a WHERE a.author IN ({texts:8}))";
const BY_ANOTHER: &str = "s.entry_id NOT IN (SELECT a.id FROM entry a WHERE a.author IN ({texts:8}))";

/// `is:starred` and the like.
pub(crate) fn states(query: &Query) -> String {
    const SAVED: &str = "s.subscription_id IN
        (SELECT b.id FROM subscription b JOIN feed f ON f.id = b.feed_id WHERE b.user_id = ?1 AND f.is_saved_pages)";
    let wishes = [("s.starred", query.is.starred), ("s.unread", query.is.unread), (SAVED, query.is.saved)];
    let mut out = "TRUE".to_owned();
    for (condition, wish) in wishes {
        match wish {
            None => {}
            Some(true) => out.push_str(&format!(" AND {condition}")),
            Some(false) => out.push_str(&format!(" AND NOT ({condition})")),
        }
    }
    out
}

/// Numbers of our own making, written into the text: their list is as long as the user's subscriptions at most. An empty
/// list matches nothing.
pub(crate) fn join(ids: &[SubscriptionId]) -> String {
    if ids.is_empty() {
        return "NULL".to_owned();
    }
    ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}
