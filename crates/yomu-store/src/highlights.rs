//! Passages that users highlighted, with their notes.

use jiff::Timestamp;
use yomu_model::fold::fold;
use yomu_model::highlight::Quote;
use yomu_model::ids::{EntryId, HighlightId, UserId};

use crate::db::Tx;
use crate::value::{Row, Value, params};
use crate::{Store, StoreError};

/// A passage that a user highlighted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Highlight {
    /// Its number.
    pub id: HighlightId,
    /// The entry that it is in.
    pub entry_id: EntryId,
    /// The passage and what stood around it.
    pub quote: Quote,
    /// Where it began once, in bytes of the text without blanks.
    pub place: Option<usize>,
    /// What the user wrote beside it; may be empty.
    pub note: String,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A passage to highlight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewHighlight {
    /// The passage and what stands around it.
    pub quote: Quote,
    /// Where it begins, if it was found in the text.
    pub place: Option<usize>,
    /// What the user writes beside it; may be empty.
    pub note: String,
}

/// A highlight with what a page of all of them says about its entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptHighlight {
    /// The highlight.
    pub highlight: Highlight,
    /// The entry's title; may be empty.
    pub title: String,
    /// The entry's address; may be empty.
    pub url: String,
    /// The entry's author; may be empty.
    pub author: String,
    /// The feed's title as the user sees it, or the site of a saved page; may be empty.
    pub site: String,
    /// The entry's language (BCP 47).
    pub lang: Option<String>,
}

/// Whether a passage was highlighted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Highlighted {
    /// It was, under this number.
    Done(HighlightId),
    /// The user has no such entry.
    Unknown,
    /// The entry or the user has as many as allowed.
    TooMany,
}

const COLUMNS: &str = "h.id, h.entry_id, h.exact, h.prefix, h.suffix, h.place, h.note, h.created_at";

impl Store {
    /// Highlights a passage, unless its entry or its user has as many as allowed. The same passage at the same place is
    /// there already, and keeps its note unless there is a new one.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn add_highlight(
        &self,
        user: UserId,
        entry: EntryId,
        new: &NewHighlight,
        (entry_max, user_max): (u32, u32),
        now: Timestamp,
    ) -> Result<Highlighted, StoreError> {
        let mut tx = self.begin_marking(user).await?;
        let has = "SELECT entry_id FROM entry_state WHERE entry_id = ?2 AND user_id = ?1 AND removed_at IS NULL";
        if tx.row(has, params![user, entry]).await?.is_none() {
            return Ok(Highlighted::Unknown);
        }
        if let Some(id) = known_highlight(&mut tx, user, entry, new).await? {
            tx.commit().await?;
            return Ok(Highlighted::Done(id));
        }
        let is_full = |(all, here): (u32, u32)| all >= user_max || here >= entry_max;
        if is_full(counts(&mut tx, user, entry).await?) {
            // What was removed could be taken back and counts as well; it makes room for what is new.
            tx.execute("DELETE FROM highlight WHERE user_id = ?1 AND removed_at IS NOT NULL", params![user]).await?;
            if is_full(counts(&mut tx, user, entry).await?) {
                return Ok(Highlighted::TooMany);
            }
        }
        let id = insert_highlight(&mut tx, user, entry, new, now).await?;
        tx.commit().await?;
        Ok(Highlighted::Done(id))
    }

    /// The highlights of one entry, in the order of their places and then of making.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn highlights_of(&self, user: UserId, entry: EntryId) -> Result<Vec<Highlight>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM highlight h WHERE h.entry_id = ?2 AND h.user_id = ?1 AND h.removed_at IS NULL
             ORDER BY COALESCE(h.place, 9223372036854775807), h.id"
        );
        self.db.rows(&sql, params![user, entry]).await?.iter_mut().map(read).collect()
    }

    /// The user's highlights, the newest first, with those words in the passage or the note, one page beginning after a
    /// moment and a number. The cost of words is one look at each highlight.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn highlights(
        &self,
        user: UserId,
        words: &str,
        after: Option<(Timestamp, HighlightId)>,
        limit: u32,
    ) -> Result<Vec<KeptHighlight>, StoreError> {
        let (at, id) = after.map_or((i64::MAX, i64::MAX), |(at, id)| (at.as_millisecond(), id.get()));
        let mut params: Vec<Value> = params![user, at, id, limit];
        let mut having = String::new();
        for word in fold(words).split_whitespace().take(WORDS_MAX) {
            params.push(word.into());
            having.push_str(&format!(" AND {{position}}(h.folded, CAST(?{} AS TEXT)) > 0", params.len()));
        }
        let sql = format!(
            "SELECT {COLUMNS}, e.title, e.url, e.author,
               CASE WHEN f.is_saved_pages THEN COALESCE(e.site, (SELECT o.title FROM feed o WHERE o.id = e.feed_id), '')
                 ELSE COALESCE(b.title, f.title) END, e.lang
             FROM highlight h {{index:highlight_user}}
               JOIN entry_state s ON s.entry_id = h.entry_id AND s.user_id = h.user_id AND s.removed_at IS NULL
               JOIN entry e ON e.id = h.entry_id
               JOIN subscription b ON b.id = s.subscription_id JOIN feed f ON f.id = b.feed_id
             WHERE h.user_id = ?1 AND h.removed_at IS NULL AND (h.created_at, h.id) < (?2, ?3){having}
             ORDER BY h.created_at DESC, h.id DESC LIMIT ?4"
        );
        let rows = self.db.rows(&sql, params).await?;
        rows.into_iter()
            .map(|mut row| {
                Ok(KeptHighlight {
                    highlight: read(&mut row)?,
                    title: row.take()?,
                    url: row.take()?,
                    author: row.take()?,
                    site: row.take()?,
                    lang: row.take()?,
                })
            })
            .collect()
    }

    /// Writes another note beside a highlight. Returns the entry; none when the user has no such highlight.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn change_note(&self, user: UserId, id: HighlightId, note: &str) -> Result<Option<EntryId>, StoreError> {
        let mut tx = self.db.begin().await?;
        let sql = "SELECT exact FROM highlight WHERE user_id = ?1 AND id = ?2 AND removed_at IS NULL {lock}";
        let Some(exact) = tx.value::<String>(sql, params![user, id]).await? else { return Ok(None) };
        let sql = "UPDATE highlight SET note = ?3, folded = ?4 WHERE user_id = ?1 AND id = ?2 RETURNING entry_id";
        let entry = tx.value(sql, params![user, id, note, folded(&exact, note)]).await?;
        tx.commit().await?;
        Ok(entry)
    }

    /// Removes a highlight with its note. Returns the moment, with which it can be taken back; none when the user has no
    /// such highlight.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn remove_highlight(
        &self,
        user: UserId,
        id: HighlightId,
        now: Timestamp,
    ) -> Result<Option<Timestamp>, StoreError> {
        let sql = "UPDATE highlight SET removed_at = ?3 WHERE user_id = ?1 AND id = ?2 AND removed_at IS NULL";
        let removed = self.db.execute(sql, params![user, id, now]).await?;
        Ok((removed > 0).then_some(now))
    }

    /// Brings back a highlight that was removed at that moment. Says whether it was still there.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn restore_highlight(
        &self,
        user: UserId,
        id: HighlightId,
        removed_at: Timestamp,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE highlight SET removed_at = NULL WHERE user_id = ?1 AND id = ?2 AND removed_at = ?3";
        Ok(self.db.execute(sql, params![user, id, removed_at]).await? > 0)
    }
}

/// How many highlights the user has, and how many in one entry, with those that could be taken back.
async fn counts(tx: &mut Tx, user: UserId, entry: EntryId) -> Result<(u32, u32), StoreError> {
    let sql = "SELECT COUNT(*), COUNT(CASE WHEN entry_id = ?2 THEN 1 END) FROM highlight WHERE user_id = ?1";
    tx.row(sql, params![user, entry]).await?.map_or(Ok((0, 0)), |mut row| Ok((row.take()?, row.take()?)))
}

/// The same passage at the same place, with its new note if there is one. One that was removed is there again, as it was
/// made now: its old note is gone.
async fn known_highlight(
    tx: &mut Tx,
    user: UserId,
    entry: EntryId,
    new: &NewHighlight,
) -> Result<Option<HighlightId>, StoreError> {
    let place = new.place.map(number);
    let same = "SELECT id, removed_at FROM highlight WHERE entry_id = ?2 AND user_id = ?1 AND exact = ?3
        AND place IS NOT DISTINCT FROM CAST(?4 AS BIGINT)";
    let exact = new.quote.exact.as_str();
    let Some(mut known) = tx.row(same, params![user, entry, exact, place]).await? else { return Ok(None) };
    let id: HighlightId = known.take()?;
    let is_removed = known.take::<Option<i64>>()?.is_some();
    if is_removed || !new.note.is_empty() {
        let sql = "UPDATE highlight SET note = ?2, folded = ?3, removed_at = NULL WHERE id = ?1";
        tx.execute(sql, params![id, new.note.as_str(), folded(exact, &new.note)]).await?;
    }
    Ok(Some(id))
}

/// Stores a highlight, unless the same is there.
pub(crate) async fn insert_highlight(
    tx: &mut Tx,
    user: UserId,
    entry: EntryId,
    new: &NewHighlight,
    made_at: Timestamp,
) -> Result<HighlightId, StoreError> {
    if let Some(id) = known_highlight(tx, user, entry, new).await? {
        return Ok(id);
    }
    let quote = &new.quote;
    tx.value(
        "INSERT INTO highlight (user_id, entry_id, exact, prefix, suffix, place, note, folded, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, CAST(?6 AS BIGINT), ?7, ?8, ?9) RETURNING id",
        params![
            user,
            entry,
            quote.exact.as_str(),
            quote.prefix.as_str(),
            quote.suffix.as_str(),
            new.place.map(number),
            new.note.as_str(),
            folded(&quote.exact, &new.note),
            made_at
        ],
    )
    .await?
    .ok_or(StoreError::Decode { expected: "a new number" })
}

/// Words of a search among highlights; each is looked for in each of them.
const WORDS_MAX: usize = 16;

fn folded(exact: &str, note: &str) -> String {
    fold(&format!("{exact}\n{note}"))
}

fn number(place: usize) -> i64 {
    i64::try_from(place).unwrap_or(i64::MAX)
}

fn read(row: &mut Row) -> Result<Highlight, StoreError> {
    Ok(Highlight {
        id: row.take()?,
        entry_id: row.take()?,
        quote: Quote { exact: row.take()?, prefix: row.take()?, suffix: row.take()? },
        place: row.take::<Option<i64>>()?.and_then(|place| usize::try_from(place).ok()),
        note: row.take()?,
        created_at: row.take()?,
    })
}
