//! Ingest on PostgreSQL: one statement for all rows of a table, their columns as arrays.

use std::collections::HashMap;
use std::error::Error;

use deadpool_postgres::Object;
use jiff::Timestamp;
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{IsNull, ToSql, Type, accepts, to_sql_checked};
use yomu_model::ids::{EntryId, FeedId, SubscriptionId, UserId};
use yomu_model::name::TagName;
use yomu_model::tag::key;

use super::write::{GIVE_TAG, MAKE_TAG, SUBSCRIBERS, UPDATE_FEED};
use super::{
    FetchedFeed, KnownEntry, KnownFeed, Packed, PackedEntry, SearchText, Stored, Subscriber, Verdict, sort_at,
};
use crate::StoreError;
use crate::checks::millis;
use crate::dialect::{Dialect, sql};
use crate::postgres::Postgres;

type Parameter<'a> = &'a (dyn ToSql + Sync);

pub(crate) async fn known_feed(db: &Postgres, feed: FeedId, identities: &[[u8; 16]]) -> Result<KnownFeed, StoreError> {
    let connection = db.connection().await?;
    let identities: Vec<&[u8]> = identities.iter().map(<[u8; 16]>::as_slice).collect();
    let entries = run(
        &connection,
        "SELECT identity, id, content_hash FROM entry WHERE feed_id = ?1 AND identity = ANY(?2)",
        &[&feed.get(), &identities],
    )
    .await?;
    let subscribers = run(&connection, SUBSCRIBERS, &[&feed.get()]).await?;
    Ok(KnownFeed { entries: known_entries(&entries)?, subscribers: subscribers_of(&subscribers)? })
}

pub(crate) async fn ingest(db: &Postgres, fetched: FetchedFeed, now: Timestamp) -> Result<Stored, StoreError> {
    let _turn = db.bulk_turn().await?;
    let mut transaction = db.begin().await?;
    transaction.begin_now().await?;
    let connection = transaction.connection()?;
    update_feed(connection, &fetched, now).await?;
    let mut stored = Stored { changed: fetched.changed_entries.len(), ..Stored::default() };
    if !fetched.new_entries.is_empty() {
        let numbers = insert_entries(connection, &fetched, now).await?;
        let new: Vec<(usize, i64, &Packed)> = fetched
            .new_entries
            .iter()
            .enumerate()
            .filter_map(|(index, (packed, _))| Some((index, *numbers.get(&packed.0.entry.identity)?, &*packed.0)))
            .collect();
        insert_bodies(connection, new.iter().map(|&(_, id, packed)| (id, packed))).await?;
        insert_states(connection, &fetched, &new, now).await?;
        stored.new = new.iter().map(|&(_, id, _)| EntryId::new(id)).collect();
    }
    if !fetched.changed_entries.is_empty() {
        for (id, packed) in &fetched.changed_entries {
            update_entry(connection, *id, packed, now).await?;
        }
        insert_bodies(connection, fetched.changed_entries.iter().map(|(id, packed)| (id.get(), &*packed.0))).await?;
    }
    transaction.commit().await?;
    Ok(stored)
}

async fn update_feed(connection: &Object, fetched: &FetchedFeed, now: Timestamp) -> Result<(), StoreError> {
    let brought_something = !fetched.new_entries.is_empty();
    let updated = execute(
        connection,
        UPDATE_FEED,
        &[
            &fetched.lease.feed.get(),
            &fetched.lease.token,
            &fetched.title,
            &fetched.site_url,
            &fetched.description,
            &fetched.lang,
            &fetched.validators.etag,
            &fetched.validators.last_modified,
            &fetched.body_hash.as_slice(),
            &fetched.problems,
            &now.as_millisecond(),
            &brought_something,
            &fetched.next_check_at.map(Timestamp::as_millisecond),
            &millis(fetched.interval),
        ],
    )
    .await?;
    if updated == 0 {
        return Err(StoreError::LeaseLost);
    }
    Ok(())
}

/// The numbers of the new entries by identity; one that is there already has none.
async fn insert_entries(
    connection: &Object,
    fetched: &FetchedFeed,
    now: Timestamp,
) -> Result<HashMap<[u8; 16], i64>, StoreError> {
    let entries: Vec<&super::NewEntry> = fetched.new_entries.iter().map(|(packed, _)| &packed.0.entry).collect();
    macro_rules! column {
        ($read:expr) => {
            entries.iter().copied().map($read).collect::<Vec<_>>()
        };
    }
    let rows = run(
        connection,
        "INSERT INTO entry (feed_id, created_at, updated_at, identity, content_hash, url, title, author, lang, excerpt,
           image_url, comments_url, reading_minutes, enclosures, categories, published_at, sort_at)
         SELECT ?1, ?2, ?2, * FROM unnest(?3::bytea[], ?4::bytea[], ?5::text[], ?6::text[], ?7::text[], ?8::text[],
           ?9::text[], ?10::text[], ?11::text[], ?12::bigint[], ?13::text[], ?14::text[], ?15::bigint[], ?16::bigint[])
         ON CONFLICT DO NOTHING RETURNING identity, id",
        &[
            &fetched.lease.feed.get(),
            &now.as_millisecond(),
            &column!(|entry| entry.identity.as_slice()),
            &column!(|entry| entry.content_hash.as_slice()),
            &column!(|entry| entry.url.as_str()),
            &column!(|entry| entry.title.as_str()),
            &column!(|entry| entry.author.as_str()),
            &column!(|entry| entry.lang.as_deref()),
            &column!(|entry| entry.excerpt.as_str()),
            &column!(|entry| entry.image_url.as_deref()),
            &column!(|entry| entry.comments_url.as_deref()),
            &column!(|entry| i64::from(entry.reading_minutes)),
            &column!(|entry| entry.enclosures.as_deref()),
            &column!(|entry| entry.categories.as_deref()),
            &column!(|entry| entry.published_at.map(Timestamp::as_millisecond)),
            &column!(|entry| sort_at(entry.published_at, now)),
        ],
    )
    .await?;
    rows.iter().map(|row| Ok((sixteen(row.try_get(0)?)?, row.try_get(1)?))).collect()
}

async fn insert_bodies(
    connection: &Object,
    entries: impl Iterator<Item = (i64, &Packed)> + Clone,
) -> Result<(), StoreError> {
    let ids: Vec<i64> = entries.clone().map(|(id, _)| id).collect();
    let bodies: Vec<&[u8]> = entries.clone().map(|(_, packed)| packed.body.as_slice()).collect();
    execute(
        connection,
        "INSERT INTO entry_body (entry_id, kind, bytes) SELECT id, 0, bytes FROM unnest(?1::bigint[], ?2::bytea[])
           AS new (id, bytes)
         ON CONFLICT (entry_id, kind) DO UPDATE SET bytes = excluded.bytes",
        &[&ids, &bodies],
    )
    .await?;
    let tokens: Vec<Tsvector<'_>> = entries.map(|(_, packed)| packed.search.tsvector()).collect();
    execute(
        connection,
        "INSERT INTO entry_search (entry_id, tokens) SELECT id, tokens FROM unnest(?1::bigint[], ?2::tsvector[])
           AS new (id, tokens)
         ON CONFLICT (entry_id) DO UPDATE SET tokens = excluded.tokens",
        &[&ids, &tokens],
    )
    .await?;
    Ok(())
}

/// One row for each new entry and each reader whose rules keep it; then the counters.
async fn insert_states(
    connection: &Object,
    fetched: &FetchedFeed,
    new: &[(usize, i64, &Packed)],
    now: Timestamp,
) -> Result<(), StoreError> {
    let saved = saved_pages(connection, fetched.movers()).await?;
    let places: Vec<i64> = saved.values().copied().collect();
    // One statement locks all whose counters change, in one order.
    let locked = run(
        connection,
        "SELECT id, user_id, folder_id, removed_at, feed_id = ?1 FROM subscription WHERE feed_id = ?1 OR id = ANY(?2)
         ORDER BY id {lock}",
        &[&fetched.lease.feed.get(), &places],
    )
    .await?;
    for reader in &locked {
        if !reader.try_get::<_, bool>(4)? {
            continue;
        }
        let subscription: i64 = reader.try_get(0)?;
        let user: i64 = reader.try_get(1)?;
        let mut tagged: Vec<(i64, TagName)> = Vec::new();
        let kept: Vec<(i64, i64, bool, bool, i64)> = new
            .iter()
            .filter_map(|&(index, id, packed)| match fetched.verdict(index, SubscriptionId::new(subscription)) {
                Verdict::Drop => None,
                Verdict::Keep { unread, starred, tags, moved } => {
                    tagged.extend(tags.into_iter().map(|name| (id, name)));
                    let place = if moved { *saved.get(&user)? } else { subscription };
                    Some((id, sort_at(packed.entry.published_at, now), unread, starred, place))
                }
            })
            .collect();
        execute(
            connection,
            "INSERT INTO entry_state (user_id, subscription_id, folder_id, removed_at, entry_id, sort_at, unread, read_at,
               starred, starred_at, changed_at)
             SELECT ?1, place, CASE WHEN place = ?2 THEN ?3::bigint END, CASE WHEN place = ?2 THEN ?4::bigint END,
               id, at, unread, CASE WHEN unread THEN NULL ELSE ?5::bigint END,
               starred, CASE WHEN starred THEN ?5::bigint END, ?5
             FROM unnest(?6::bigint[], ?7::bigint[], ?8::boolean[], ?9::boolean[], ?10::bigint[])
               AS new (id, at, unread, starred, place)
             ON CONFLICT DO NOTHING",
            &[
                &user,
                &subscription,
                &reader.try_get::<_, Option<i64>>(2)?,
                &reader.try_get::<_, Option<i64>>(3)?,
                &now.as_millisecond(),
                &kept.iter().map(|one| one.0).collect::<Vec<_>>(),
                &kept.iter().map(|one| one.1).collect::<Vec<_>>(),
                &kept.iter().map(|one| one.2).collect::<Vec<_>>(),
                &kept.iter().map(|one| one.3).collect::<Vec<_>>(),
                &kept.iter().map(|one| one.4).collect::<Vec<_>>(),
            ],
        )
        .await?;
        for (entry, name) in tagged {
            let made = run(connection, MAKE_TAG, &[&user, &name.as_str(), &key(&name), &now.as_millisecond()]).await?;
            for tag in &made {
                execute(connection, GIVE_TAG, &[&entry, &user, &tag.try_get::<_, i64>(0)?]).await?;
            }
        }
    }
    execute(
        connection,
        "UPDATE subscription SET unread_count = (SELECT COUNT(*) FROM entry_state s
             WHERE s.subscription_id = subscription.id AND s.unread AND s.removed_at IS NULL),
           entry_count = (SELECT COUNT(*) FROM entry_state s
             WHERE s.subscription_id = subscription.id AND s.removed_at IS NULL) WHERE feed_id = ?1 OR id = ANY(?2)",
        &[&fetched.lease.feed.get(), &places],
    )
    .await?;
    Ok(())
}

/// Where the saved pages of some users are, by user.
async fn saved_pages(connection: &Object, users: Vec<i64>) -> Result<HashMap<i64, i64>, StoreError> {
    if users.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = "SELECT b.user_id, b.id FROM subscription b JOIN feed f ON f.id = b.feed_id
        WHERE b.user_id = ANY(?1) AND f.is_saved_pages";
    let rows = run(connection, sql, &[&users]).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

async fn update_entry(
    connection: &Object,
    id: EntryId,
    packed: &PackedEntry,
    now: Timestamp,
) -> Result<(), StoreError> {
    let entry = &packed.0.entry;
    execute(
        connection,
        "UPDATE entry SET content_hash = ?2, url = ?3, title = ?4, author = ?5, lang = ?6, excerpt = ?7,
           image_url = ?8, comments_url = ?9, reading_minutes = ?10, enclosures = ?11, categories = ?12,
           published_at = COALESCE(?13, published_at), updated_at = ?14 WHERE id = ?1",
        &[
            &id.get(),
            &entry.content_hash.as_slice(),
            &entry.url,
            &entry.title,
            &entry.author,
            &entry.lang,
            &entry.excerpt,
            &entry.image_url,
            &entry.comments_url,
            &i64::from(entry.reading_minutes),
            &entry.enclosures,
            &entry.categories,
            &entry.published_at.map(Timestamp::as_millisecond),
            &now.as_millisecond(),
        ],
    )
    .await?;
    Ok(())
}

fn known_entries(rows: &[tokio_postgres::Row]) -> Result<HashMap<[u8; 16], KnownEntry>, StoreError> {
    rows.iter()
        .map(|row| {
            let known = KnownEntry { id: EntryId::new(row.try_get(1)?), content_hash: sixteen(row.try_get(2)?)? };
            Ok((sixteen(row.try_get(0)?)?, known))
        })
        .collect()
}

fn subscribers_of(rows: &[tokio_postgres::Row]) -> Result<Vec<Subscriber>, StoreError> {
    rows.iter()
        .map(|row| {
            Ok(Subscriber {
                subscription: SubscriptionId::new(row.try_get(0)?),
                user: UserId::new(row.try_get(1)?),
                rules: row.try_get(2)?,
            })
        })
        .collect()
}

fn sixteen(bytes: &[u8]) -> Result<[u8; 16], StoreError> {
    bytes.try_into().map_err(|_| StoreError::Decode { expected: "16 bytes" })
}

impl SearchText {
    fn tsvector(&self) -> Tsvector<'_> {
        match self {
            Self::Tsvector(tokens) => Tsvector(tokens),
            // Packed for the other engine; nothing to index is better than a wrong index.
            Self::Fts5(_) => Tsvector(&[0; 4]),
        }
    }
}

/// A `tsvector` in PostgreSQL's binary form.
#[derive(Debug)]
struct Tsvector<'a>(&'a [u8]);

impl ToSql for Tsvector<'_> {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        out.extend_from_slice(self.0);
        Ok(IsNull::No)
    }

    accepts!(TS_VECTOR);
    to_sql_checked!();
}

async fn run(
    connection: &Object,
    text: &str,
    params: &[Parameter<'_>],
) -> Result<Vec<tokio_postgres::Row>, StoreError> {
    let statement = connection.prepare_cached(&sql(Dialect::Postgres, text)).await?;
    Ok(connection.query(&statement, params).await?)
}

async fn execute(connection: &Object, text: &str, params: &[Parameter<'_>]) -> Result<u64, StoreError> {
    let statement = connection.prepare_cached(&sql(Dialect::Postgres, text)).await?;
    Ok(connection.execute(&statement, params).await?)
}
