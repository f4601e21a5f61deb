//! Lists of entries, and one entry with its body. Every list is one walk along one index, whatever the number of entries.

use jiff::Timestamp;
use yomu_model::ids::{EntryId, FolderId, IconId, SubscriptionId, TagId, UserId};

use crate::clock::to_millis;
use crate::compression::decompress;
use crate::value::{Row, Value, params};
use crate::{BodyKind, Store, StoreError};

/// Which entries a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// Everything unread.
    Unread,
    /// Everything.
    All,
    /// What the user starred, by the time of starring.
    Starred,
    /// Pages that the user saved.
    Saved,
    /// One feed.
    Feed {
        /// The subscription.
        id: SubscriptionId,
        /// Whether to leave out what was read.
        unread_only: bool,
    },
    /// One folder.
    Folder {
        /// The folder.
        id: FolderId,
        /// Whether to leave out what was read.
        unread_only: bool,
    },
    /// What the user gave a tag.
    Tag(TagId),
}

/// In which direction a list runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// The newest first.
    #[default]
    Newest,
    /// The oldest first.
    Oldest,
}

/// The place of an entry in a list: pages continue after it, however many entries come or go meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The time by which the list is ordered, in milliseconds since 1970.
    pub at: i64,
    /// The entry.
    pub entry: EntryId,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The entries of this page.
    pub entries: Vec<EntrySummary>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
}

/// An entry as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntrySummary {
    /// The entry's number.
    pub id: EntryId,
    /// Whose it is.
    pub subscription_id: SubscriptionId,
    /// The subscription's title as the user sees it; of a saved page the name of its site, which may be empty.
    pub feed_title: String,
    /// The feed's icon.
    pub icon_id: Option<IconId>,
    /// Whether it is a page that the user saved.
    pub is_saved_page: bool,
    /// The entry's address; may be empty.
    pub url: String,
    /// The title as plain text; may be empty.
    pub title: String,
    /// The author; may be empty.
    pub author: String,
    /// The language (BCP 47), where it is known.
    pub lang: Option<String>,
    /// The beginning of the text.
    pub excerpt: String,
    /// A picture.
    pub image_url: Option<String>,
    /// How long reading takes.
    pub reading_minutes: u32,
    /// When it was published, as it says itself.
    pub published_at: Option<Timestamp>,
    /// The place in the list that it was read from.
    pub cursor: Cursor,
    /// Whether it is unread.
    pub unread: bool,
    /// Whether it is starred.
    pub starred: bool,
}

/// One entry with everything about it but its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What a list shows.
    pub summary: EntrySummary,
    /// Where people talk about it.
    pub comments_url: Option<String>,
    /// Attached media, as JSON.
    pub enclosures: Option<String>,
    /// Categories, as JSON.
    pub categories: Option<String>,
    /// The page of the feed.
    pub site_url: Option<String>,
    /// Whether the subscription asks for the article of the page.
    pub full_text: bool,
    /// Whether its text was taken from its page from the beginning; what came from a feed may have an article beside it.
    pub is_page: bool,
}

/// The text of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryBody {
    /// Safe HTML.
    pub html: String,
    /// Where it came from.
    pub kind: BodyKind,
}

/// What stands before and after an entry in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Neighbours {
    /// The one above it.
    pub previous: Option<EntryId>,
    /// The one below it.
    pub next: Option<EntryId>,
}

/// The index that a view walks, its condition, and the columns that order it.
struct Walk {
    index: &'static str,
    condition: &'static str,
    /// What the condition's `?2` is.
    argument: Value,
    /// The time by which the view is ordered, with the table whose index is walked: `s` or `t`.
    key: &'static str,
}

/// The entries of a tag are walked along their own index, which repeats the place in the list.
const TAGGED: &str =
    "entry_tag t {index:entry_tag_list} JOIN entry_state s ON s.entry_id = t.entry_id AND s.user_id = t.user_id";

impl View {
    fn walk(self) -> Walk {
        let (index, condition, argument, key) = match self {
            Self::Unread => ("state_user_unread", "s.unread", Value::Null, "s.sort_at"),
            Self::All => ("state_user", "TRUE", Value::Null, "s.sort_at"),
            Self::Starred => ("state_user_starred", "s.starred", Value::Null, "s.starred_at"),
            Self::Saved => (
                "state_subscription",
                "s.subscription_id = (SELECT b.id FROM subscription b JOIN feed f ON f.id = b.feed_id
                                      WHERE b.user_id = ?1 AND f.is_saved_pages)",
                Value::Null,
                "s.sort_at",
            ),
            Self::Feed { id, unread_only: false } => {
                ("state_subscription", "s.subscription_id = ?2", id.into(), "s.sort_at")
            }
            Self::Feed { id, unread_only: true } => {
                ("state_subscription_unread", "s.subscription_id = ?2 AND s.unread", id.into(), "s.sort_at")
            }
            Self::Folder { id, unread_only: false } => ("state_folder", "s.folder_id = ?2", id.into(), "s.sort_at"),
            Self::Folder { id, unread_only: true } => {
                ("state_folder_unread", "s.folder_id = ?2 AND s.unread", id.into(), "s.sort_at")
            }
            Self::Tag(id) => ("entry_tag_list", "t.tag_id = ?2", id.into(), "t.sort_at"),
        };
        Walk { index, condition, argument, key }
    }

    /// The `FROM` and `WHERE` of the view over `entry_state s`; `?1` is the user, `?2` the view's own argument.
    pub(crate) fn scope(self) -> (String, Value) {
        let Walk { index, condition, argument, .. } = self.walk();
        let from = match self {
            Self::Tag(_) => TAGGED.to_owned(),
            _ => format!("entry_state s {{index:{index}}}"),
        };
        // The second parameter is always there, so that the numbers are the same for every view.
        let scope = format!(
            "{from} WHERE s.user_id = ?1 AND s.removed_at IS NULL AND {condition}
               AND (CAST(?2 AS BIGINT) IS NULL OR TRUE)"
        );
        (scope, argument)
    }

    /// The time by which the view is ordered.
    pub(crate) fn key(self) -> &'static str {
        self.walk().key
    }

    /// The pair that orders the view: no two entries have the same.
    pub(crate) fn place(self) -> String {
        let key = self.key();
        let table = if key.starts_with('t') { 't' } else { 's' };
        format!("{key}, {table}.entry_id")
    }

    /// The same with a direction.
    fn ordered(self, order: Order) -> String {
        let direction = order.direction();
        format!("{} {direction}", self.place().replace(", ", &format!(" {direction}, ")))
    }
}

impl Order {
    pub(crate) fn comparison(self) -> &'static str {
        match self {
            Self::Newest => "<",
            Self::Oldest => ">",
        }
    }

    pub(crate) fn direction(self) -> &'static str {
        match self {
            Self::Newest => "DESC",
            Self::Oldest => "ASC",
        }
    }

    fn reversed(self) -> Self {
        match self {
            Self::Newest => Self::Oldest,
            Self::Oldest => Self::Newest,
        }
    }

    /// The place before the first entry.
    pub(crate) fn start(self) -> Cursor {
        match self {
            Self::Newest => Cursor { at: i64::MAX, entry: EntryId::new(i64::MAX) },
            Self::Oldest => Cursor { at: i64::MIN, entry: EntryId::new(i64::MIN) },
        }
    }
}

/// The columns of a list, in the order of [`summary`]; `s` is the page of states, with its key as `place`. A saved page is
/// called by its site, and one that came from a feed by that feed.
pub(crate) const SUMMARY: &str = "s.entry_id, s.subscription_id,
    CASE WHEN f.is_saved_pages THEN COALESCE(e.site, (SELECT o.title FROM feed o WHERE o.id = e.feed_id), '')
      ELSE COALESCE(b.title, f.title) END,
    f.icon_id, f.is_saved_pages, e.url, e.title, e.author, e.lang, e.excerpt, e.image_url, e.reading_minutes,
    e.published_at, s.place, s.unread, s.starred";

/// What a page of states is joined with to become a list.
pub(crate) const JOINS: &str = "JOIN entry e ON e.id = s.entry_id
    JOIN subscription b ON b.id = s.subscription_id JOIN feed f ON f.id = b.feed_id";

impl Store {
    /// One page of a list, beginning after a cursor.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn entries(
        &self,
        user: UserId,
        view: View,
        order: Order,
        after: Option<Cursor>,
        limit: u32,
    ) -> Result<Page, StoreError> {
        let (scope, argument) = view.scope();
        let (key, than, direction) = (view.key(), order.comparison(), order.direction());
        let (place, ordered) = (view.place(), view.ordered(order));
        let sql = format!(
            "SELECT {SUMMARY} FROM (
               SELECT s.entry_id, s.subscription_id, {key} AS place, s.unread, s.starred FROM {scope}
                 AND ({place}) {than} (?3, ?4)
               ORDER BY {ordered} LIMIT ?5) s {JOINS}
             ORDER BY s.place {direction}, s.entry_id {direction}"
        );
        let after = after.unwrap_or(order.start());
        let rows = self.db.rows(&sql, params![user, argument, after.at, after.entry, limit.saturating_add(1)]).await?;
        page(rows, limit)
    }

    /// One entry of the user's.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn entry(&self, user: UserId, id: EntryId) -> Result<Option<Entry>, StoreError> {
        let sql = format!(
            "SELECT {SUMMARY}, e.comments_url, e.enclosures, e.categories, f.site_url, b.full_text,
               (SELECT o.is_saved_pages FROM feed o WHERE o.id = e.feed_id)
             FROM (SELECT entry_id, subscription_id, sort_at AS place, unread, starred FROM entry_state
                   WHERE entry_id = ?2 AND user_id = ?1 AND removed_at IS NULL) s {JOINS}"
        );
        let Some(mut row) = self.db.row(&sql, params![user, id]).await? else { return Ok(None) };
        Ok(Some(Entry {
            summary: summary(&mut row)?,
            comments_url: row.take()?,
            enclosures: row.take()?,
            categories: row.take()?,
            site_url: row.take()?,
            full_text: row.take()?,
            is_page: row.take()?,
        }))
    }

    /// The body of an entry of the user's: of the kind that is wished for, else of the other kind.
    ///
    /// # Errors
    /// A failure of the database, or a damaged body.
    pub async fn body(&self, user: UserId, id: EntryId, wished: BodyKind) -> Result<Option<EntryBody>, StoreError> {
        let row = self
            .db
            .row(
                "SELECT y.kind, y.bytes FROM entry_body y JOIN entry_state s ON s.entry_id = y.entry_id
                 WHERE y.entry_id = ?2 AND s.user_id = ?1 AND s.removed_at IS NULL
                 ORDER BY CASE WHEN y.kind = ?3 THEN 0 ELSE 1 END LIMIT 1",
                params![user, id, wished.number()],
            )
            .await?;
        let Some(mut row) = row else { return Ok(None) };
        let kind = BodyKind::from_number(row.take()?);
        let bytes: Vec<u8> = row.take()?;
        Ok(Some(EntryBody { html: decompress(&bytes)?, kind }))
    }

    /// What stands before and after a place in a list.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn neighbours(
        &self,
        user: UserId,
        view: View,
        order: Order,
        of: Cursor,
    ) -> Result<Neighbours, StoreError> {
        Ok(Neighbours {
            previous: self.nearest(user, view, order.reversed(), of).await?,
            next: self.nearest(user, view, order, of).await?,
        })
    }

    async fn nearest(&self, user: UserId, view: View, order: Order, of: Cursor) -> Result<Option<EntryId>, StoreError> {
        let (scope, argument) = view.scope();
        let (place, than, ordered) = (view.place(), order.comparison(), view.ordered(order));
        let sql = format!("SELECT s.entry_id FROM {scope} AND ({place}) {than} (?3, ?4) ORDER BY {ordered} LIMIT 1");
        self.db.value(&sql, params![user, argument, of.at, of.entry]).await
    }

    /// Where an entry stands in a view, whether or not it still belongs to it.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn place(&self, user: UserId, view: View, id: EntryId) -> Result<Option<Cursor>, StoreError> {
        let key = view.key().replace("t.", "s.");
        let sql =
            format!("SELECT COALESCE({key}, s.sort_at) FROM entry_state s WHERE s.entry_id = ?2 AND s.user_id = ?1");
        let at: Option<i64> = self.db.value(&sql, params![user, id]).await?;
        Ok(at.map(|at| Cursor { at, entry: id }))
    }

    /// The number of unread entries, and of subscriptions in trouble.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn counts(&self, user: UserId) -> Result<(u32, u32), StoreError> {
        let row = self
            .db
            .row(
                "SELECT CAST(COALESCE(SUM(b.unread_count), 0) AS BIGINT),
                   COUNT(CASE WHEN f.error_count > 0 AND COALESCE(b.hushed_at < f.error_since, TRUE) THEN 1 END)
                 FROM subscription b JOIN feed f ON f.id = b.feed_id WHERE b.user_id = ?1 AND b.removed_at IS NULL",
                params![user],
            )
            .await?;
        row.map_or(Ok((0, 0)), |mut row| Ok((row.take()?, row.take()?)))
    }

    /// The highest entry number so far: what comes later was not on a page that was made now.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn newest_entry(&self) -> Result<EntryId, StoreError> {
        let id: Option<Option<EntryId>> = self.db.value("SELECT MAX(id) FROM entry", params![]).await?;
        Ok(id.flatten().unwrap_or(EntryId::new(0)))
    }
}

/// Cuts the one row too many that says whether there is a next page.
pub(crate) fn page(rows: Vec<Row>, limit: u32) -> Result<Page, StoreError> {
    let limit = limit as usize;
    let more = rows.len() > limit;
    let entries = rows.into_iter().take(limit).map(|mut row| summary(&mut row)).collect::<Result<Vec<_>, _>>()?;
    let next = if more { entries.last().map(|entry| entry.cursor) } else { None };
    Ok(Page { entries, next })
}

pub(crate) fn summary(row: &mut Row) -> Result<EntrySummary, StoreError> {
    let id: EntryId = row.take()?;
    Ok(EntrySummary {
        id,
        subscription_id: row.take()?,
        feed_title: row.take()?,
        icon_id: row.take()?,
        is_saved_page: row.take()?,
        url: row.take()?,
        title: row.take()?,
        author: row.take()?,
        lang: row.take()?,
        excerpt: row.take()?,
        image_url: row.take()?,
        reading_minutes: row.take()?,
        published_at: row.take()?,
        cursor: Cursor { at: row.take::<Option<i64>>()?.unwrap_or_default(), entry: id },
        unread: row.take()?,
        starred: row.take()?,
    })
}

impl Cursor {
    /// The place of an entry that was published at a time.
    #[must_use]
    pub fn new(at: Timestamp, entry: EntryId) -> Self {
        Self { at: to_millis(at), entry }
    }
}
