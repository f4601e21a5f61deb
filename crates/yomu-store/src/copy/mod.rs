//! Moving everything from SQLite to a new PostgreSQL: all tables, all users, all numbers as they are.
//!
//! It is one transaction on each side. While it runs nobody can change the file; the target has everything, compared row
//! by row, or nothing. After an interruption it is simply begun again.

mod checksum;
mod read_back;
mod search;
mod tables;

use std::collections::HashMap;

use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::{ToSql, Type};

use crate::db::{Db, Tx};
use crate::postgres::PostgresTransaction;
use crate::value::{Value, params};
use crate::{Store, StoreError};

use checksum::Checksum;
use tables::Table;

/// Rows that are read at a time. Bodies are the largest, with 3 KB each.
const ROWS_AT_A_TIME: u32 = 500;

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

impl Store {
    /// Copies everything in this SQLite database to a PostgreSQL database that is migrated and empty. `text_of` makes the
    /// plain text of a stored body, for search.
    ///
    /// # Errors
    /// [`StoreError::CopyRefused`] when this is no SQLite, or the target no empty PostgreSQL; [`StoreError::CopyDiffers`]
    /// when the target has something else than was sent. Nothing is left in the target then.
    pub async fn copy_to(
        &self,
        target: &Store,
        text_of: fn(&str) -> String,
        mut progress: impl FnMut(CopyProgress<'_>),
    ) -> Result<Copied, StoreError> {
        let (Db::Sqlite(_), Db::Postgres(to)) = (&self.db, &target.db) else {
            return Err(StoreError::CopyRefused {
                reason: "everything moves from SQLite to PostgreSQL only".to_owned(),
            });
        };
        // Holds the file for itself.
        let mut from = self.db.begin().await?;
        let into = to.begin().await?;
        let tables = tables::tables(&mut from).await?;
        refuse_non_empty(&into, &tables).await?;
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
            let sum = copy(&mut from, &into, table, |rows| {
                progress(CopyProgress { doing: &table.name, rows: done + rows, rows_all })
            })
            .await?;
            done += sum.rows();
            sent.push(sum);
        }
        search::index(&mut from, &into, text_of, |rows| {
            progress(CopyProgress { doing: "search", rows: done + rows, rows_all })
        })
        .await?;
        done += entries;
        for (table, sent) in tables.iter().zip(&sent) {
            let found = read_back::checksum(&into, table, |rows| {
                progress(CopyProgress { doing: "comparing", rows: done + rows, rows_all })
            })
            .await?;
            if found != *sent {
                return Err(StoreError::CopyDiffers {
                    table: table.name.clone(),
                    sent: sent.rows(),
                    found: found.rows(),
                });
            }
            done += found.rows();
        }
        number_on(&into, &tables).await?;
        into.commit().await?;
        // Without numbers about the tables, the planner walks through all of them at first.
        to.connection().await?.batch_execute("ANALYZE").await?;
        Ok(Copied { tables: tables.into_iter().map(|table| table.name).zip(sent.iter().map(Checksum::rows)).collect() })
    }
}

async fn refuse_non_empty(into: &PostgresTransaction, tables: &[Table]) -> Result<(), StoreError> {
    for table in tables {
        let sql = format!("SELECT EXISTS (SELECT 1 FROM {})", table.name);
        if into.connection()?.query_one(&sql, &[]).await?.get(0) {
            let reason = format!("the database is not empty: there are rows in `{}`; give a new one", table.name);
            return Err(StoreError::CopyRefused { reason });
        }
    }
    Ok(())
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

/// New rows get numbers behind those that are there.
async fn number_on(into: &PostgresTransaction, tables: &[Table]) -> Result<(), StoreError> {
    for table in tables.iter().filter(|table| table.key == ["id"]) {
        let name = &table.name;
        let sql = format!(
            "SELECT setval(pg_get_serial_sequence('{name}', 'id'), MAX(id)) FROM {name} HAVING MAX(id) IS NOT NULL"
        );
        into.connection()?.query(&sql, &[]).await?;
    }
    Ok(())
}
