//! Moving everything from SQLite to a new PostgreSQL: all tables, all users, all numbers as they are.
//!
//! It is one transaction on each side, the making of the target's tables included. While it runs nobody can change the
//! file, and nobody who starts yomu on the target gets in; the target has everything, compared row by row, or is as it was
//! before. After an interruption it is simply begun again.
//!
//! Which tables there are is read from the file, so a table that a later migration adds is copied without a word here. What
//! an engine makes in its own way, as a search index, must be named in `tables.rs` and made anew in `search.rs`; until it
//! is, the copy is refused, and the tests of moving fail.

mod checksum;
mod read_back;
mod search;
mod tables;
mod target;

use std::collections::HashMap;
use std::path::Path;

use jiff::Timestamp;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::{ToSql, Type};
use yomu_model::secret::Secret;

use crate::db::{Db, Tx};
use crate::postgres::{self, Postgres, PostgresTransaction};
use crate::store::open_sqlite;
use crate::value::{Value, params};
use crate::{StoreError, migrate};

use checksum::Checksum;
use tables::Table;

/// What was moved.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Copied {
    /// Rows by table, in the order in which they were copied.
    pub tables: Vec<(String, u64)>,
}

/// Where a copy stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CopyProgress<'a> {
    /// What is done now: a table's name, `search`, `comparing`.
    pub doing: &'a str,
    /// Rows that were handled so far.
    pub rows: u64,
    /// Rows to handle in all: each is copied and compared.
    pub rows_all: u64,
}

/// Copies everything in a SQLite file to an empty PostgreSQL database, which gets its tables here. `text_of` makes the plain
/// text of a stored body, for search.
///
/// # Errors
/// [`StoreError::CopyRefused`] when the target is not empty, [`StoreError::SchemaTooOld`] or
/// [`StoreError::SchemaTooNew`] when the file is of another program, [`StoreError::CopyDiffers`] when the target has
/// something else than was sent. The target is as it was before then, and the file is never changed.
pub async fn copy_to_postgres(
    file: &Path,
    target: &Secret,
    text_of: fn(&str) -> String,
    now: Timestamp,
    mut progress: impl FnMut(CopyProgress<'_>),
) -> Result<Copied, StoreError> {
    // Holds the file for itself.
    let mut from = Db::Sqlite(open_sqlite(file.to_owned()).await?).begin().await?;
    migrate::refuse_other(&mut from, &file.display().to_string()).await?;
    let tables = tables::tables(&mut from).await?;

    let mut into = Db::Postgres(Postgres::new(postgres::open(target.expose())?)).begin().await?;
    target::refuse_foreign(&mut into).await?;
    migrate::migrate_in(&mut into, now).await?;
    target::refuse_other_tables(&mut into, &tables).await?;
    target::refuse_rows(&mut into, &tables).await?;
    let target = into.postgres().ok_or(StoreError::Stopping)?;

    let mut counts = HashMap::new();
    for table in &tables {
        let sql = format!("SELECT COUNT(*) FROM {}", table.name);
        counts.insert(table.name.as_str(), u64::from(from.value::<u32>(&sql, params![]).await?.unwrap_or(0)));
    }
    let entries = counts.get("entry").copied().unwrap_or(0);
    let rows_all = 2 * counts.values().sum::<u64>() + entries;

    let mut done = 0;
    let mut sent = Vec::new();
    for table in &tables {
        let doing = table.name.as_str();
        let sum = copy(&mut from, target, table, |rows| progress(CopyProgress { doing, rows: done + rows, rows_all }));
        let sum = sum.await?;
        done += sum.rows();
        sent.push(sum);
    }
    search::index(&mut from, target, text_of, |rows| {
        progress(CopyProgress { doing: "search", rows: done + rows, rows_all });
    })
    .await?;
    done += entries;
    for (table, sent) in tables.iter().zip(&sent) {
        let found = read_back::checksum(target, table, |rows| {
            progress(CopyProgress { doing: "comparing", rows: done + rows, rows_all });
        })
        .await?;
        if found != *sent {
            let (sent, found) = (sent.rows(), found.rows());
            return Err(StoreError::CopyDiffers { table: table.name.clone(), sent, found });
        }
        done += found.rows();
    }
    target::number_on(target, &tables).await?;
    // Without numbers about the tables, the planner walks through all of them at first.
    target.connection()?.batch_execute("ANALYZE").await?;
    into.commit().await?;
    Ok(Copied { tables: tables.into_iter().map(|table| table.name).zip(sent.iter().map(Checksum::rows)).collect() })
}

/// Copies one table, and returns the checksum of what was sent.
async fn copy(
    from: &mut Tx,
    into: &PostgresTransaction,
    table: &Table,
    mut progress: impl FnMut(u64),
) -> Result<Checksum, StoreError> {
    let connection = into.connection()?;
    let columns = table.columns.join(", ");
    let statement = connection.prepare(&format!("SELECT {columns} FROM {}", table.name)).await?;
    let types: Vec<Type> = statement.columns().iter().map(|column| column.type_().clone()).collect();
    let sink = connection.copy_in(&format!("COPY {} ({columns}) FROM STDIN BINARY", table.name)).await?;
    let writer = BinaryCopyInWriter::new(sink, &types);
    tokio::pin!(writer);
    let mut sum = Checksum::default();
    let mut pages = table.pages();
    while let Some(rows) = pages.next(from).await? {
        for row in rows {
            let values: Vec<Value> = row.into_values().map(storable).collect();
            sum.add(&values);
            writer.as_mut().write_raw(values.iter().map(|value| value as &(dyn ToSql + Sync))).await?;
        }
        progress(sum.rows());
    }
    writer.finish().await?;
    Ok(sum)
}

/// PostgreSQL has no place for the character U+0000, which no text of a feed needs.
fn storable(value: Value) -> Value {
    match value {
        Value::Text(text) if text.contains('\0') => Value::Text(text.replace('\0', "")),
        value => value,
    }
}
