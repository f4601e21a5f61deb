//! What the target must be before, and what it needs after.

use super::tables::{MADE_ANEW, Table};
use crate::StoreError;
use crate::db::Tx;
use crate::postgres::PostgresTransaction;
use crate::value::params;

/// A database in which another program has tables is not written to, not even beside them.
pub(super) async fn refuse_foreign(into: &mut Tx) -> Result<(), StoreError> {
    let tables = tables_in(into).await?;
    match tables.first() {
        Some(table) if !tables.iter().any(|name| name == "schema_migration") => Err(StoreError::CopyRefused {
            reason: format!("the new database has tables of another program, such as `{table}`; give one of its own"),
        }),
        _ => Ok(()),
    }
}

/// Both sides have the same tables, or this program is not finished: one that only one engine has must be made anew.
pub(super) async fn refuse_other_tables(into: &mut Tx, tables: &[Table]) -> Result<(), StoreError> {
    let theirs = tables_in(into).await?;
    let is_known = |name: &str| MADE_ANEW.contains(&name) || tables.iter().any(|table| table.name == name);
    let missing = tables.iter().map(|table| &table.name).find(|name| !theirs.contains(name));
    match theirs.iter().find(|name| !is_known(name)).or(missing) {
        Some(table) => Err(StoreError::CopyRefused {
            reason: format!("nobody knows how `{table}` is moved, because only one of both databases has it"),
        }),
        None => Ok(()),
    }
}

pub(super) async fn refuse_rows(into: &mut Tx, tables: &[Table]) -> Result<(), StoreError> {
    for table in tables {
        let sql = format!("SELECT EXISTS (SELECT 1 FROM {})", table.name);
        if into.value(&sql, params![]).await?.unwrap_or(false) {
            let name = &table.name;
            let reason = format!("the new database is not empty: there are rows in `{name}`; give one without any");
            return Err(StoreError::CopyRefused { reason });
        }
    }
    Ok(())
}

async fn tables_in(into: &mut Tx) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename";
    into.rows(sql, params![]).await?.into_iter().map(|mut row| row.take()).collect()
}

/// New rows get numbers behind those that are there.
pub(super) async fn number_on(into: &PostgresTransaction, tables: &[Table]) -> Result<(), StoreError> {
    for table in tables.iter().filter(|table| table.key == ["id"]) {
        let name = &table.name;
        let sql = format!(
            "SELECT setval(pg_get_serial_sequence('{name}', 'id'), MAX(id)) FROM {name} HAVING MAX(id) IS NOT NULL"
        );
        into.connection()?.query(&sql, &[]).await?;
    }
    Ok(())
}
