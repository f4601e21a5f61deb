//! Numbered migrations, applied once each, in order, under a lock, so that replicas may start together.

use jiff::Timestamp;

use crate::db::{Db, Tx};
use crate::value::params;
use crate::{StoreError, dialect::Dialect};

/// A migration has the same number and name in both folders and ends in the same schema.
struct Migration {
    number: i64,
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! migration {
    ($number:literal, $name:literal) => {
        Migration {
            number: $number,
            name: $name,
            sqlite: include_str!(concat!("../migrations/sqlite/", $name, ".sql")),
            postgres: include_str!(concat!("../migrations/postgres/", $name, ".sql")),
        }
    };
}

const MIGRATIONS: &[Migration] = &[
    migration!(1, "0001_first"),
    migration!(2, "0002_author"),
    migration!(3, "0003_sign_in"),
    migration!(4, "0004_apps"),
    migration!(5, "0005_reading"),
    migration!(6, "0006_search"),
    migration!(7, "0007_tags"),
    migration!(8, "0008_highlights"),
    migration!(9, "0009_searches_rules"),
    migration!(10, "0010_shares"),
    migration!(11, "0011_page_fetch"),
    migration!(12, "0012_highlight_removed"),
    migration!(13, "0013_kept_entries"),
    migration!(14, "0014_hushed"),
    migration!(15, "0015_inline"),
];

/// Any number will do as long as every yomu uses the same: the letters `yomu`.
const ADVISORY_LOCK: i64 = 0x796f_6d75;

/// Brings the schema to this program's version in one transaction. A failed migration leaves nothing behind.
pub(crate) async fn migrate(db: &Db, now: Timestamp) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    migrate_in(&mut tx, now).await?;
    tx.commit().await
}

/// [`migrate`] as a part of something larger, which keeps the lock to its end.
pub(crate) async fn migrate_in(tx: &mut Tx, now: Timestamp) -> Result<(), StoreError> {
    let dialect = tx.dialect();
    if dialect == Dialect::Postgres {
        tx.execute("SELECT pg_advisory_xact_lock(?1)", params![ADVISORY_LOCK]).await?;
    }
    tx.execute(
        "CREATE TABLE IF NOT EXISTS schema_migration (
           number BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum BIGINT NOT NULL, applied_at BIGINT NOT NULL)",
        params![],
    )
    .await?;
    // Beside the migrations, because an older program must be able to read it, whatever they do.
    tx.execute(
        "CREATE TABLE IF NOT EXISTS schema_program (number BIGINT PRIMARY KEY, version TEXT NOT NULL)",
        params![],
    )
    .await?;
    let applied = applied(tx).await?;
    refuse_newer(tx, &applied).await?;
    refuse_changed(&applied, dialect)?;
    for migration in MIGRATIONS.iter().skip(applied.len()) {
        let text = migration.text(dialect);
        for statement in statements(text) {
            tx.execute(statement, params![]).await?;
        }
        tx.execute(
            "INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES (?1, ?2, ?3, ?4)",
            params![migration.number, migration.name, checksum(text), now],
        )
        .await?;
        tx.execute(
            "INSERT INTO schema_program (number, version) VALUES (?1, ?2)",
            params![migration.number, env!("CARGO_PKG_VERSION")],
        )
        .await?;
        tracing::info!(migration = migration.name, "schema migrated");
    }
    Ok(())
}

/// Refuses a SQLite file whose schema is not exactly this program's, without changing it.
pub(crate) async fn refuse_other(tx: &mut Tx, place: &str) -> Result<(), StoreError> {
    let sql = "SELECT 1 FROM sqlite_schema WHERE name = 'schema_migration'";
    if tx.row(sql, params![]).await?.is_none() {
        return Err(StoreError::NotOurs { place: place.to_owned() });
    }
    let applied = applied(tx).await?;
    refuse_newer(tx, &applied).await?;
    refuse_changed(&applied, tx.dialect())?;
    let (found, known) = (applied.last().map_or(0, |(number, _)| *number), newest());
    if found == known { Ok(()) } else { Err(StoreError::SchemaTooOld { place: place.to_owned(), found, known }) }
}

fn newest() -> i64 {
    MIGRATIONS.last().map_or(0, |migration| migration.number)
}

async fn refuse_newer(tx: &mut Tx, applied: &[(i64, i64)]) -> Result<(), StoreError> {
    let Some(&(found, _)) = applied.last().filter(|(found, _)| *found > newest()) else { return Ok(()) };
    let sql = "SELECT version FROM schema_program WHERE number = ?1";
    let version: Option<String> = tx.value(sql, params![found]).await?;
    let program = version.map_or_else(|| "a newer yomu".to_owned(), |version| format!("yomu {version} or newer"));
    Err(StoreError::SchemaTooNew { found, program, known: newest() })
}

impl Migration {
    fn text(&self, dialect: Dialect) -> &'static str {
        match dialect {
            Dialect::Sqlite => self.sqlite,
            Dialect::Postgres => self.postgres,
        }
    }
}

/// Number and checksum of what was applied before.
async fn applied(tx: &mut Tx) -> Result<Vec<(i64, i64)>, StoreError> {
    let rows = tx.rows("SELECT number, checksum FROM schema_migration ORDER BY number", params![]).await?;
    rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
}

fn refuse_changed(applied: &[(i64, i64)], dialect: Dialect) -> Result<(), StoreError> {
    for (migration, &(number, sum)) in MIGRATIONS.iter().zip(applied) {
        if migration.number != number || checksum(migration.text(dialect)) != sum {
            return Err(StoreError::SchemaChanged { number });
        }
    }
    Ok(())
}

/// The statements of a migration. Each ends with `;` at the end of a line, and no line inside one does.
fn statements(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(";\n").filter(|part| has_code(part))
}

fn has_code(part: &str) -> bool {
    part.lines().any(|line| !line.trim().is_empty() && !line.trim_start().starts_with("--"))
}

/// FNV-1a, 64 bits: enough to notice an edited file.
fn checksum(text: &str) -> i64 {
    let hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    hash.cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edited_migration_is_refused() {
        let error = refuse_changed(&[(1, 42)], Dialect::Postgres).unwrap_err();
        assert!(matches!(error, StoreError::SchemaChanged { number: 1 }));
    }

    #[test]
    fn comments_alone_are_no_statement() {
        let found: Vec<_> = statements("-- a\nCREATE TABLE a (b BIGINT);\n\n-- the end;\n").collect();
        assert_eq!(found, ["-- a\nCREATE TABLE a (b BIGINT);\n"]);
    }
}
