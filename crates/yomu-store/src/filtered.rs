//! Reading the entries of a filter: their numbers, how many there are, and everything about a few of them.

use std::collections::HashMap;

use jiff::Timestamp;
use yomu_model::ids::{EntryId, FolderId, IconId, SubscriptionId, UserId};

use crate::compression::Decompressor;
use crate::filter::Scope;
use crate::media::POSITIONS_OF;
use crate::subscriptions::title;
use crate::tags::TAGS_OF;
use crate::value::{Ints, Row, Value, params};
use crate::{Cursor, EntryFilter, FolderWish, Order, Slice, SortKey, Store, StoreError};

/// An entry with everything about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryDetails {
    /// The entry's number.
    pub id: EntryId,
    /// The feed that it is of.
    pub feed: EntryFeed,
    /// What makes it the same entry next time.
    pub identity: [u8; 16],
    /// Its address; may be empty.
    pub url: String,
    /// Its title as plain text; may be empty.
    pub title: String,
    /// Its author; may be empty.
    pub author: String,
    /// Its language (BCP 47).
    pub lang: Option<String>,
    /// Where people talk about it.
    pub comments_url: Option<String>,
    /// How long reading takes.
    pub reading_minutes: u32,
    /// Attached media, as JSON.
    pub enclosures: Option<String>,
    /// Categories, as JSON.
    pub categories: Option<String>,
    /// Its place in lists: when it was published, or when it came.
    pub listed_at: Timestamp,
    /// When it came to the user.
    pub arrived_at: Timestamp,
    /// When it was last marked or starred, or came.
    pub changed_at: Timestamp,
    /// Whether it is unread.
    pub unread: bool,
    /// Whether it is starred.
    pub starred: bool,
    /// Its body as safe HTML: the article of its page where there is one, else the feed's text.
    pub html: String,
    /// The user's own tags, by name.
    pub own_tags: Vec<String>,
    /// How far the user is in its media, in seconds, by the number of the file.
    pub media_positions: HashMap<u32, u32>,
}

/// A feed as one user has it, as far as its entries tell of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryFeed {
    /// The subscription's number.
    pub id: SubscriptionId,
    /// The folder, if it is in one.
    pub folder_id: Option<FolderId>,
    /// The folder's title, if it is in one.
    pub folder_title: Option<String>,
    /// The title that the user gave it.
    pub own_title: Option<String>,
    /// The title that the feed gives itself.
    pub feed_title: String,
    /// Its address.
    pub url: String,
    /// Its site.
    pub site_url: Option<String>,
    /// Its words about itself.
    pub description: String,
    /// Its icon.
    pub icon_id: Option<IconId>,
    /// Whether the article of each entry's page is fetched too.
    pub full_text: bool,
    /// Whether this is the user's place for saved pages.
    pub is_saved_pages: bool,
}

impl EntryFeed {
    /// The title to show: the user's, the feed's, or its address.
    #[must_use]
    pub fn title(&self) -> &str {
        title(self.own_title.as_deref(), &self.feed_title, &self.url)
    }
}

/// The numbers of a part of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FilteredIds {
    /// The places in the list; for another order than by time, `at` is of no meaning.
    pub places: Vec<Cursor>,
    /// How many entries meet the filter.
    pub total: u32,
}

impl Store {
    /// One part of a list, and how many entries the whole has.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn filtered_ids(
        &self,
        user: UserId,
        filter: &EntryFilter,
        slice: Slice,
    ) -> Result<FilteredIds, StoreError> {
        if let Some(total) = self.kept_total(user, filter).await? {
            return Ok(FilteredIds { places: self.filtered_places(user, filter, slice).await?, total });
        }
        let scope = self.scope_of(user, filter, slice.key).await?;
        // Matches are found once, and then both counted and cut; each column of theirs costs.
        let (more, place_of) = match slice.key {
            SortKey::Published => (String::new(), "m.sort_at"),
            other => (format!(", {} AS place", other.expression()), "m.place"),
        };
        let matches = format!("SELECT s.entry_id, s.sort_at{more} FROM {}", scope.text());
        let (sql, params) = cut(scope, slice, |direction, limits| {
            format!(
                "WITH m AS MATERIALIZED ({matches})
                 SELECT m.entry_id, m.sort_at, (SELECT COUNT(*) FROM m) FROM m
                 ORDER BY {place_of} {direction}, m.entry_id {direction} {limits}"
            )
        });
        let rows = self.db.rows(&sql, params).await?;
        let mut found = FilteredIds::default();
        for mut row in rows {
            found.places.push(place(&mut row)?);
            found.total = row.take()?;
        }
        if found.places.is_empty() && slice.offset > 0 {
            found.total = self.filtered_count(user, filter).await?;
        }
        Ok(found)
    }

    /// One part of a list.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn filtered_places(
        &self,
        user: UserId,
        filter: &EntryFilter,
        slice: Slice,
    ) -> Result<Vec<Cursor>, StoreError> {
        let mut scope = self.scope_of(user, filter, slice.key).await?;
        if let Some(after) = slice.after {
            let than = if slice.order == Order::Newest { "<" } else { ">" };
            let (at, entry) = (scope.push(after.at), scope.push(after.entry));
            scope.add(format!("(s.sort_at, s.entry_id) {than} (?{at}, ?{entry})"));
        }
        let (text, key) = (scope.text(), slice.key.expression());
        let (sql, params) = cut(scope, slice, |direction, limits| {
            format!(
                "SELECT s.entry_id, s.sort_at FROM {text} ORDER BY {key} {direction}, s.entry_id {direction} {limits}"
            )
        });
        self.db.rows(&sql, params).await?.iter_mut().map(place).collect()
    }

    /// How many entries meet a filter.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn filtered_count(&self, user: UserId, filter: &EntryFilter) -> Result<u32, StoreError> {
        if let Some(total) = self.kept_total(user, filter).await? {
            return Ok(total);
        }
        let scope = self.scope_of(user, filter, SortKey::Published).await?;
        let sql = format!("SELECT COUNT(*) FROM {}", scope.text());
        Ok(self.db.value(&sql, scope.params).await?.unwrap_or(0))
    }

    /// The number that is kept with the subscriptions, for filters that ask for nothing else.
    async fn kept_total(&self, user: UserId, filter: &EntryFilter) -> Result<Option<u32>, StoreError> {
        let EntryFilter { unread, feeds, folder, .. } = filter.clone();
        if (EntryFilter { unread, feeds: feeds.clone(), folder, ..EntryFilter::default() }) != *filter {
            return Ok(None);
        }
        let column = match unread {
            None => "b.entry_count",
            Some(true) => "b.unread_count",
            Some(false) => "b.entry_count - b.unread_count",
        };
        let mut sql = format!(
            "SELECT CAST(COALESCE(SUM({column}), 0) AS BIGINT) FROM subscription b
             WHERE b.user_id = ?1 AND b.removed_at IS NULL"
        );
        let mut params = params![user];
        if let Some(feeds) = feeds {
            params.push(Value::Ints(feeds.iter().map(|id| id.get()).collect()));
            sql.push_str(" AND b.id IN ({list:2})");
        }
        match folder {
            None => {}
            Some(FolderWish::In(id)) => {
                params.push(id.into());
                sql.push_str(&format!(" AND b.folder_id = ?{}", params.len()));
            }
            Some(FolderWish::Outside) => sql.push_str(" AND b.folder_id IS NULL"),
        }
        self.db.value(&sql, params).await
    }

    /// Everything about some entries of the user's, in the given order. Numbers that are not the user's are passed over.
    ///
    /// # Errors
    /// A failure of the database, or a damaged body.
    pub async fn entry_details(&self, user: UserId, ids: &[EntryId]) -> Result<Vec<EntryDetails>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let of: Vec<i64> = ids.iter().map(|id| id.get()).collect();
        let [rows, tags, positions] = self
            .db
            .rows_of_each([
                (DETAILS, params![user, of.clone()]),
                (TAGS_OF, params![user, of.clone()]),
                (POSITIONS_OF, params![user, of]),
            ])
            .await?;
        let mut found = HashMap::with_capacity(rows.len());
        let mut bodies = Decompressor::new()?;
        for mut row in rows {
            let one = details(&mut row, &mut bodies)?;
            found.insert(one.id, one);
        }
        for mut row in tags {
            if let Some(entry) = found.get_mut(&row.take()?) {
                entry.own_tags.push(row.take()?);
            }
        }
        for mut row in positions {
            if let Some(entry) = found.get_mut(&row.take()?) {
                entry.media_positions.insert(row.take()?, row.take()?);
            }
        }
        Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
    }

    /// How many entries each subscription has: all of them, and the unread ones.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn counters(&self, user: UserId) -> Result<Vec<(SubscriptionId, u32, u32)>, StoreError> {
        // One row of lists: on both databases a thousand rows cost more to carry than to read.
        let sql = "SELECT {as_list}(id), {as_list}(entry_count), {as_list}(unread_count)
                   FROM subscription WHERE user_id = ?1 AND removed_at IS NULL";
        let Some(mut row) = self.db.row(sql, params![user]).await? else { return Ok(Vec::new()) };
        let (ids, all, unread) = (row.take::<Ints>()?, row.take::<Ints>()?, row.take::<Ints>()?);
        let count = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
        let counts = all.0.into_iter().zip(unread.0).map(|(all, unread)| (count(all), count(unread)));
        let mut counters: Vec<_> =
            ids.0.into_iter().zip(counts).map(|(id, (all, unread))| (SubscriptionId::new(id), all, unread)).collect();
        counters.sort_unstable_by_key(|(id, ..)| *id);
        Ok(counters)
    }
}

/// What is read of a hundred entries at a time.
const DETAILS: &str = "SELECT s.entry_id, e.identity, e.url, e.title, e.author, e.lang, e.comments_url, e.reading_minutes,
    e.enclosures, e.categories, s.sort_at, {max}(e.created_at, b.created_at), s.changed_at, s.unread, s.starred,
    (SELECT y.bytes FROM entry_body y WHERE y.entry_id = s.entry_id ORDER BY y.kind DESC LIMIT 1),
    b.id, b.folder_id, d.title, b.title, f.title, f.url, f.site_url, f.description, f.icon_id, b.full_text, f.is_saved_pages
  FROM entry_state s JOIN entry e ON e.id = s.entry_id JOIN subscription b ON b.id = s.subscription_id
    JOIN feed f ON f.id = b.feed_id LEFT JOIN folder d ON d.id = b.folder_id
  WHERE s.user_id = ?1 AND s.entry_id IN ({list:2}) AND s.removed_at IS NULL AND b.removed_at IS NULL";

fn details(row: &mut Row, bodies: &mut Decompressor) -> Result<EntryDetails, StoreError> {
    Ok(EntryDetails {
        id: row.take()?,
        identity: row.take()?,
        url: row.take()?,
        title: row.take()?,
        author: row.take()?,
        lang: row.take()?,
        comments_url: row.take()?,
        reading_minutes: row.take()?,
        enclosures: row.take()?,
        categories: row.take()?,
        listed_at: row.take()?,
        arrived_at: row.take()?,
        changed_at: row.take()?,
        unread: row.take()?,
        starred: row.take()?,
        html: match row.take::<Option<Vec<u8>>>()? {
            Some(bytes) => bodies.text(&bytes)?,
            None => String::new(),
        },
        feed: EntryFeed {
            id: row.take()?,
            folder_id: row.take()?,
            folder_title: row.take()?,
            own_title: row.take()?,
            feed_title: row.take()?,
            url: row.take()?,
            site_url: row.take()?,
            description: row.take()?,
            icon_id: row.take()?,
            full_text: row.take()?,
            is_saved_pages: row.take()?,
        },
        own_tags: Vec::new(),
        media_positions: HashMap::new(),
    })
}

fn place(row: &mut Row) -> Result<Cursor, StoreError> {
    let entry = row.take()?;
    Ok(Cursor { at: row.take()?, entry })
}

/// Adds direction, limit and offset.
fn cut(mut scope: Scope, slice: Slice, sql: impl FnOnce(&str, &str) -> String) -> (String, Vec<Value>) {
    let direction = if slice.order == Order::Newest { "DESC" } else { "ASC" };
    let (limit, offset) = (scope.push(slice.limit), scope.push(slice.offset));
    (sql(direction, &format!("LIMIT ?{limit} OFFSET ?{offset}")), scope.params)
}
