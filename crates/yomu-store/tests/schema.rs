//! Migrations in both folders end in the same schema.

mod support;

use std::collections::BTreeSet;

use rusqlite::Connection;
use support::{at, databases};
use yomu_store::{Store, StoreConfig, StoreError};

/// Tables that are made by each engine's full-text search in its own way.
const OWN_WAY: &str = "entry_search";

#[tokio::test]
async fn both_databases_have_the_same_tables_columns_and_indexes() {
    let databases = databases().await;
    let [sqlite, postgres] = databases.as_slice() else { return };
    let (StoreConfig::Sqlite(file), StoreConfig::Postgres(url)) = (&sqlite.config, &postgres.config) else {
        panic!("SQLite comes first, then PostgreSQL");
    };
    let connection = Connection::open(file).unwrap();
    let (client, task) = tokio_postgres::connect(url.expose(), tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(task);

    assert_eq!(sqlite_columns(&connection), postgres_columns(&client).await);
    assert_eq!(sqlite_indexes(&connection), postgres_indexes(&client).await);
}

#[tokio::test]
async fn opening_again_changes_nothing_and_a_newer_schema_is_refused() {
    for database in databases().await {
        Store::open(&database.config, at(5)).await.expect("a migrated database opens");
        let newer = "INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES (999, 'later', 0, 0);
                     INSERT INTO schema_program (number, version) VALUES (999, '9.8.7')";
        match &database.config {
            StoreConfig::Sqlite(file) => Connection::open(file).unwrap().execute_batch(newer).unwrap(),
            StoreConfig::Postgres(url) => {
                let (client, task) = tokio_postgres::connect(url.expose(), tokio_postgres::NoTls).await.unwrap();
                tokio::spawn(task);
                client.batch_execute(newer).await.unwrap();
            }
        }
        let refused = Store::open(&database.config, at(6)).await.unwrap_err();
        assert!(matches!(refused, StoreError::SchemaTooNew { found: 999, .. }), "{}: {refused}", database.name);
        assert!(refused.to_string().ends_with("; run yomu 9.8.7 or newer"), "{refused}");
    }
}

#[tokio::test]
async fn replicas_may_start_together() {
    for database in databases().await {
        let opening = (0..4).map(|_| {
            let config = database.config.clone();
            tokio::spawn(async move { Store::open(&config, at(1)).await.map(drop) })
        });
        for opened in opening.collect::<Vec<_>>() {
            opened.await.unwrap().unwrap_or_else(|error| panic!("{}: {error}", database.name));
        }
    }
}

/// `table.column kind nullable` for each column.
fn sqlite_columns(connection: &Connection) -> BTreeSet<String> {
    let mut select = connection
        .prepare(
            "SELECT t.name, c.name, c.type, c.\"notnull\" OR c.pk > 0 FROM sqlite_schema t, pragma_table_info(t.name) c
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'",
        )
        .unwrap();
    let rows = select.query_map([], |row| {
        let kind: String = row.get(2)?;
        let kind = match kind.as_str() {
            "INTEGER" => "BIGINT",
            other => other,
        };
        Ok((
            row.get::<_, String>(0)?,
            describe(&row.get::<_, String>(0)?, &row.get::<_, String>(1)?, kind, row.get(3)?),
        ))
    });
    own_tables(rows.unwrap().map(Result::unwrap))
}

async fn postgres_columns(client: &tokio_postgres::Client) -> BTreeSet<String> {
    let rows = client
        .query(
            "SELECT table_name::text, column_name::text, data_type::text, is_nullable = 'NO'
             FROM information_schema.columns WHERE table_schema = 'public'",
            &[],
        )
        .await
        .unwrap();
    own_tables(rows.iter().map(|row| {
        let kind = match row.get::<_, &str>(2) {
            "bytea" => "BLOB".to_owned(),
            other => other.to_uppercase(),
        };
        (row.get(0), describe(row.get(0), row.get(1), &kind, row.get(3)))
    }))
}

fn describe(table: &str, column: &str, kind: &str, required: bool) -> String {
    format!("{table}.{column} {kind}{}", if required { " NOT NULL" } else { "" })
}

/// The named indexes; those of constraints have names of the engine's own making.
fn sqlite_indexes(connection: &Connection) -> BTreeSet<String> {
    let mut select = connection
        .prepare("SELECT tbl_name, name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL")
        .unwrap();
    let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    own_tables(rows.unwrap().map(Result::unwrap))
}

async fn postgres_indexes(client: &tokio_postgres::Client) -> BTreeSet<String> {
    let rows = client
        .query(
            "SELECT tablename::text, indexname::text FROM pg_indexes WHERE schemaname = 'public'
               AND indexname NOT LIKE '%\\_pkey' AND indexname NOT LIKE '%\\_key'",
            &[],
        )
        .await
        .unwrap();
    own_tables(rows.iter().map(|row| (row.get(0), row.get(1))))
}

fn own_tables(rows: impl Iterator<Item = (String, String)>) -> BTreeSet<String> {
    rows.filter(|(table, _)| !table.starts_with(OWN_WAY)).map(|(_, described)| described).collect()
}
