//! Searching the user's entries. The query language and the tokens are yomu-model's, the same for both engines.
//!
//! The cost grows with the entries that match, not with those that are stored: matches come from the index, then each is
//! looked up in the user's states. PostgreSQL finds all that it needs for that in the key of the states, and never looks
//! at the tokens themselves.

use std::time::Instant;

use yomu_model::ids::{SubscriptionId, UserId};
use yomu_model::search::Query;

use crate::authors::Authors;
use crate::clock::to_millis;
use crate::dialect::Dialect;
use crate::entries::{JOINS, SUMMARY, page};
use crate::filter::Scope;
use crate::observe::{Work, done};
use crate::{Cursor, Order, Page, Store, StoreError};

impl Store {
    /// The entries of the user that meet a query, one page beginning after a cursor.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn search(
        &self,
        user: UserId,
        query: &Query,
        order: Order,
        after: Option<Cursor>,
        limit: u32,
    ) -> Result<Page, StoreError> {
        let started = Instant::now();
        let mut scope = self.searching(user, query).await?;
        scope.add("s.removed_at IS NULL");
        let after = after.unwrap_or(order.start());
        let (at, entry) = (scope.push(after.at), scope.push(after.entry));
        let (than, direction) = (order.comparison(), order.direction());
        scope.add(format!("(s.sort_at, s.entry_id) {than} (?{at}, ?{entry})"));
        let limited = scope.push(limit.saturating_add(1));
        let sql = format!(
            "SELECT {SUMMARY} FROM (
               SELECT t.entry_id, t.subscription_id, t.sort_at AS place, t.unread, t.starred FROM (
                 SELECT s.entry_id FROM {}
                 ORDER BY s.sort_at {direction}, s.entry_id {direction} LIMIT ?{limited}) m
               JOIN entry_state t ON t.entry_id = m.entry_id AND t.user_id = ?1) s {JOINS}
             ORDER BY s.place {direction}, s.entry_id {direction}",
            scope.text()
        );
        let rows = self.db.rows(&sql, scope.params).await?;
        done(Work::Search, started);
        page(rows, limit)
    }

    /// The matches of a search, with what the query says besides words.
    pub(crate) async fn searching(&self, user: UserId, query: &Query) -> Result<Scope, StoreError> {
        let words = match self.db.dialect() {
            Dialect::Sqlite => query.fts5(),
            Dialect::Postgres => query.tsquery(),
        };
        let from = match &words {
            // A few entries have a tag: they are looked up, not looked for.
            None if !query.tags.all_of.is_empty() => "entry_state s WHERE CAST(?2 AS TEXT) IS NULL",
            None => "{search_nothing}",
            Some(words) if words.is_negated => "{search_others}",
            Some(_) => "{search_matches}",
        };
        let params = vec![user.into(), words.map(|words| words.text).into()];
        let mut scope = Scope::new(from, params);
        scope.add("s.user_id = ?1");
        if let Some(ids) = self.subscriptions_meant(user, query).await? {
            scope.add(format!("s.subscription_id IN ({})", join(&ids)));
        }
        match self.authors_meant(&query.authors).await? {
            None => {}
            Some(Authors::Among(names)) => {
                scope.add_with("s.entry_id IN (SELECT a.id FROM entry a WHERE a.author IN ({texts:{}}))", names);
            }
            Some(Authors::Except(names)) => {
                scope.add_with("s.entry_id NOT IN (SELECT a.id FROM entry a WHERE a.author IN ({texts:{}}))", names);
            }
        }
        for tag in &query.tags.all_of {
            scope.add_with(&format!("s.entry_id IN ({TAGGED})"), tag.as_str());
        }
        for tag in &query.tags.none_of {
            scope.add_with(&format!("s.entry_id NOT IN ({TAGGED})"), tag.as_str());
        }
        scope.add(states(query));
        if let Some(after) = query.after {
            scope.add_with("s.sort_at >= {}", to_millis(after));
        }
        if let Some(before) = query.before {
            scope.add_with("s.sort_at < {}", to_millis(before));
        }
        Ok(scope)
    }

    /// The subscriptions that `feed:` and `folder:` leave; none when the query has neither.
    async fn subscriptions_meant(
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

const TAGGED: &str =
    "SELECT t.entry_id FROM tag g JOIN entry_tag t ON t.tag_id = g.id WHERE g.user_id = ?1 AND g.folded = {}";

/// `is:starred` and the like.
fn states(query: &Query) -> String {
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
fn join(ids: &[SubscriptionId]) -> String {
    if ids.is_empty() {
        return "NULL".to_owned();
    }
    ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}
