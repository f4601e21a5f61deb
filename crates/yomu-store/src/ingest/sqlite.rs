//! Ingest on SQLite: a loop over prepared statements is the cheapest way there is.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};
use yomu_model::ids::{EntryId, FeedId, SubscriptionId, UserId};
use yomu_model::tag::key;

use super::write::{GIVE_TAG, MAKE_TAG, SAVED_PAGES, SUBSCRIBERS, UPDATE_FEED};
use super::{FetchedFeed, KnownEntry, KnownFeed, Packed, SearchText, Stored, Subscriber, Verdict, sort_at};
use crate::StoreError;
use crate::checks::millis;
use crate::sqlite::Sqlite;

pub(crate) async fn known_feed(db: &Sqlite, feed: FeedId, identities: Vec<[u8; 16]>) -> Result<KnownFeed, StoreError> {
    db.read(move |connection| {
        let mut known = KnownFeed { subscribers: subscribers(connection, feed)?, ..KnownFeed::default() };
        let mut find =
            connection.prepare_cached("SELECT id, content_hash FROM entry WHERE feed_id = ?1 AND identity = ?2")?;
        for identity in identities {
            let found = find
                .query_row(params![feed.get(), identity.as_slice()], |row| {
                    Ok(KnownEntry { id: EntryId::new(row.get(0)?), content_hash: row.get(1)? })
                })
                .optional()?;
            if let Some(entry) = found {
                known.entries.insert(identity, entry);
            }
        }
        Ok(known)
    })
    .await
}

pub(crate) async fn ingest(db: &Sqlite, fetched: FetchedFeed, now: Timestamp) -> Result<Stored, StoreError> {
    db.write(move |connection| {
        update_feed(connection, &fetched, now)?;
        let subscribers = states_for(connection, fetched.lease.feed)?;
        let mut stored = Stored::default();
        for (index, (packed, _)) in fetched.new_entries.iter().enumerate() {
            let Some(entry) = insert_entry(connection, fetched.lease.feed, &packed.0, now)? else { continue };
            insert_body(connection, entry, &packed.0)?;
            for one in &subscribers {
                insert_state(connection, entry, one, fetched.verdict(index, one.subscription), &packed.0, now)?;
            }
            stored.new.push(EntryId::new(entry));
        }
        for (entry, packed) in &fetched.changed_entries {
            update_entry(connection, *entry, &packed.0, now)?;
            insert_body(connection, entry.get(), &packed.0)?;
        }
        stored.changed = fetched.changed_entries.len();
        if !stored.new.is_empty() {
            recount(connection, "feed_id = ?1", fetched.lease.feed.get())?;
            for user in fetched.movers() {
                recount(connection, &format!("id = ({SAVED_PAGES})"), user)?;
            }
        }
        Ok(stored)
    })
    .await
}

/// A subscriber whose states are written.
struct Reader {
    subscription: SubscriptionId,
    user: UserId,
    folder: Option<i64>,
    removed_at: Option<i64>,
}

fn subscribers(connection: &Connection, feed: FeedId) -> Result<Vec<Subscriber>, StoreError> {
    let mut select = connection.prepare_cached(SUBSCRIBERS)?;
    let rows = select.query_map(params![feed.get()], |row| {
        Ok(Subscriber {
            subscription: SubscriptionId::new(row.get(0)?),
            user: UserId::new(row.get(1)?),
            rules: row.get(2)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn states_for(connection: &Connection, feed: FeedId) -> Result<Vec<Reader>, StoreError> {
    let mut select = connection
        .prepare_cached("SELECT id, user_id, folder_id, removed_at FROM subscription WHERE feed_id = ?1 ORDER BY id")?;
    let rows = select.query_map(params![feed.get()], |row| {
        Ok(Reader {
            subscription: SubscriptionId::new(row.get(0)?),
            user: UserId::new(row.get(1)?),
            folder: row.get(2)?,
            removed_at: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn update_feed(connection: &Connection, fetched: &FetchedFeed, now: Timestamp) -> Result<(), StoreError> {
    let brought_something = !fetched.new_entries.is_empty();
    let updated = connection.prepare_cached(UPDATE_FEED)?.execute(params![
        fetched.lease.feed.get(),
        fetched.lease.token,
        fetched.title,
        fetched.site_url,
        fetched.description,
        fetched.lang,
        fetched.validators.etag,
        fetched.validators.last_modified,
        fetched.body_hash.as_slice(),
        fetched.problems,
        now.as_millisecond(),
        brought_something,
        fetched.next_check_at.map(Timestamp::as_millisecond),
        millis(fetched.interval),
    ])?;
    if updated == 0 {
        return Err(StoreError::LeaseLost);
    }
    Ok(())
}

/// The new entry's number, or none when the entry is there already.
fn insert_entry(
    connection: &Connection,
    feed: FeedId,
    packed: &Packed,
    now: Timestamp,
) -> Result<Option<i64>, StoreError> {
    let entry = &packed.entry;
    let mut insert = connection.prepare_cached(
        "INSERT INTO entry (feed_id, identity, content_hash, url, title, author, lang, excerpt, image_url, comments_url,
           reading_minutes, enclosures, categories, published_at, sort_at, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?16)
         ON CONFLICT DO NOTHING",
    )?;
    let inserted = insert.execute(params![
        feed.get(),
        entry.identity.as_slice(),
        entry.content_hash.as_slice(),
        entry.url,
        entry.title,
        entry.author,
        entry.lang,
        entry.excerpt,
        entry.image_url,
        entry.comments_url,
        entry.reading_minutes,
        entry.enclosures,
        entry.categories,
        entry.published_at.map(Timestamp::as_millisecond),
        sort_at(entry.published_at, now),
        now.as_millisecond(),
    ])?;
    Ok((inserted > 0).then(|| connection.last_insert_rowid()))
}

fn insert_body(connection: &Connection, entry: i64, packed: &Packed) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO entry_body (entry_id, kind, bytes) VALUES (?1, 0, ?2)")?
        .execute(params![entry, packed.body])?;
    if let SearchText::Fts5(tokens) = &packed.search {
        connection
            .prepare_cached("INSERT OR REPLACE INTO entry_search (rowid, title, body) VALUES (?1, ?2, ?3)")?
            .execute(params![entry, tokens.title, tokens.body])?;
    }
    Ok(())
}

fn insert_state(
    connection: &Connection,
    entry: i64,
    reader: &Reader,
    verdict: Verdict,
    packed: &Packed,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Verdict::Keep { unread, starred, tags, moved } = verdict else { return Ok(()) };
    let now_millis = now.as_millisecond();
    let (subscription, folder, removed_at) = if moved {
        let saved: i64 = connection.prepare_cached(SAVED_PAGES)?.query_row([reader.user.get()], |row| row.get(0))?;
        (saved, None, None)
    } else {
        (reader.subscription.get(), reader.folder, reader.removed_at)
    };
    connection
        .prepare_cached(
            "INSERT INTO entry_state (entry_id, user_id, subscription_id, folder_id, sort_at, unread, read_at, starred,
               starred_at, changed_at, removed_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT DO NOTHING",
        )?
        .execute(params![
            entry,
            reader.user.get(),
            subscription,
            folder,
            sort_at(packed.entry.published_at, now),
            unread,
            (!unread).then_some(now_millis),
            starred,
            starred.then_some(now_millis),
            now_millis,
            removed_at,
        ])?;
    for name in tags {
        let tag: i64 = connection
            .prepare_cached(MAKE_TAG)?
            .query_row(params![reader.user.get(), name.as_str(), key(&name), now_millis], |row| row.get(0))?;
        connection.prepare_cached(GIVE_TAG)?.execute(params![entry, reader.user.get(), tag])?;
    }
    Ok(())
}

fn update_entry(connection: &Connection, id: EntryId, packed: &Packed, now: Timestamp) -> Result<(), StoreError> {
    let entry = &packed.entry;
    connection
        .prepare_cached(
            "UPDATE entry SET content_hash = ?2, url = ?3, title = ?4, author = ?5, lang = ?6, excerpt = ?7,
               image_url = ?8, comments_url = ?9, reading_minutes = ?10, enclosures = ?11, categories = ?12,
               published_at = COALESCE(?13, published_at), updated_at = ?14 WHERE id = ?1",
        )?
        .execute(params![
            id.get(),
            entry.content_hash.as_slice(),
            entry.url,
            entry.title,
            entry.author,
            entry.lang,
            entry.excerpt,
            entry.image_url,
            entry.comments_url,
            entry.reading_minutes,
            entry.enclosures,
            entry.categories,
            entry.published_at.map(Timestamp::as_millisecond),
            now.as_millisecond(),
        ])?;
    Ok(())
}

/// Counts the entries of some subscriptions anew; `?1` of the condition is the number.
fn recount(connection: &Connection, condition: &str, number: i64) -> Result<(), StoreError> {
    connection
        .prepare_cached(&format!(
            "UPDATE subscription SET unread_count =
               (SELECT COUNT(*) FROM entry_state s INDEXED BY state_subscription_unread
                WHERE s.subscription_id = subscription.id AND s.unread AND s.removed_at IS NULL),
               entry_count =
               (SELECT COUNT(*) FROM entry_state s INDEXED BY state_subscription
                WHERE s.subscription_id = subscription.id AND s.removed_at IS NULL)
             WHERE {condition}"
        ))?
        .execute(params![number])?;
    Ok(())
}
