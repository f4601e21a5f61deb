//! One database, whichever it is: rows out, and transactions that undo themselves when they are dropped.

use std::time::Instant;

use crate::StoreError;
use crate::dialect::{Dialect, sql};
use crate::observe::{Work, done};
use crate::postgres::{Postgres, PostgresTransaction};
use crate::sqlite::{Sqlite, SqliteTransaction};
use crate::value::{FromValue, Row, Value};

/// The engine behind the store.
#[derive(Debug, Clone)]
pub(crate) enum Db {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

impl Db {
    pub(crate) fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Runs one reading statement.
    pub(crate) async fn rows(&self, text: &str, params: Vec<Value>) -> Result<Vec<Row>, StoreError> {
        let [rows] = self.rows_of_each([(text, params)]).await?;
        Ok(rows)
    }

    /// Runs some reading statements, none of which needs the rows of another: the way to the database and back costs more
    /// than a small statement. Each sees what was committed when it began.
    pub(crate) async fn rows_of_each<const N: usize>(
        &self,
        asked: [(&str, Vec<Value>); N],
    ) -> Result<[Vec<Row>; N], StoreError> {
        let started = Instant::now();
        let asked = asked.into_iter().map(|(text, params)| (sql(self.dialect(), text), params)).collect::<Vec<_>>();
        let rows = match self {
            Self::Sqlite(db) => db.rows(asked).await,
            Self::Postgres(db) => db.rows(&asked).await,
        }?;
        done(Work::Read, started);
        rows.try_into().map_err(|_| StoreError::Decode { expected: "an answer to each statement" })
    }

    /// Runs one reading statement of which at most one row is wanted.
    pub(crate) async fn row(&self, text: &str, params: Vec<Value>) -> Result<Option<Row>, StoreError> {
        Ok(self.rows(text, params).await?.into_iter().next())
    }

    /// The first column of the first row.
    pub(crate) async fn value<T: FromValue>(&self, text: &str, params: Vec<Value>) -> Result<Option<T>, StoreError> {
        self.row(text, params).await?.map(|mut row| row.take()).transpose()
    }

    /// Runs one changing statement in a transaction of its own; returns the number of rows it changed.
    pub(crate) async fn execute(&self, text: &str, params: Vec<Value>) -> Result<u64, StoreError> {
        let mut tx = self.begin().await?;
        let changed = tx.execute(text, params).await?;
        tx.commit().await?;
        Ok(changed)
    }

    /// Starts a transaction. Dropped without [`Tx::commit`], it never happened.
    pub(crate) async fn begin(&self) -> Result<Tx, StoreError> {
        let started = Instant::now();
        let open = match self {
            Self::Sqlite(db) => Open::Sqlite(db.begin().await?),
            Self::Postgres(db) => Open::Postgres(Box::new(db.begin().await?)),
        };
        Ok(Tx { open, started })
    }
}

/// An open transaction.
pub(crate) struct Tx {
    open: Open,
    /// When it was asked for: waiting for its turn is part of what it takes.
    started: Instant,
}

enum Open {
    Sqlite(SqliteTransaction),
    Postgres(Box<PostgresTransaction>),
}

impl Tx {
    pub(crate) fn dialect(&self) -> Dialect {
        match self.open {
            Open::Sqlite(_) => Dialect::Sqlite,
            Open::Postgres(_) => Dialect::Postgres,
        }
    }

    pub(crate) async fn rows(&mut self, text: &str, params: Vec<Value>) -> Result<Vec<Row>, StoreError> {
        let text = sql(self.dialect(), text);
        match &mut self.open {
            Open::Sqlite(tx) => tx.rows(text, params).await,
            Open::Postgres(tx) => tx.rows(&text, &params).await,
        }
    }

    /// Puts a statement before the next one, with which it goes to the database: nobody waits for its answer. When it
    /// fails, the next one fails.
    pub(crate) fn later(&mut self, text: &str, params: Vec<Value>) {
        let text = sql(self.dialect(), text);
        match &mut self.open {
            Open::Sqlite(tx) => tx.later(text, params),
            Open::Postgres(tx) => tx.later(text, params),
        }
    }

    pub(crate) async fn row(&mut self, text: &str, params: Vec<Value>) -> Result<Option<Row>, StoreError> {
        Ok(self.rows(text, params).await?.into_iter().next())
    }

    pub(crate) async fn value<T: FromValue>(
        &mut self,
        text: &str,
        params: Vec<Value>,
    ) -> Result<Option<T>, StoreError> {
        self.row(text, params).await?.map(|mut row| row.take()).transpose()
    }

    pub(crate) async fn execute(&mut self, text: &str, params: Vec<Value>) -> Result<u64, StoreError> {
        let text = sql(self.dialect(), text);
        match &mut self.open {
            Open::Sqlite(tx) => tx.execute(text, params).await,
            Open::Postgres(tx) => tx.execute(&text, &params).await,
        }
    }

    /// The transaction on PostgreSQL, where it is one: for what only that engine can do.
    pub(crate) fn postgres(&self) -> Option<&PostgresTransaction> {
        match &self.open {
            Open::Sqlite(_) => None,
            Open::Postgres(tx) => Some(tx),
        }
    }

    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        match self.open {
            Open::Sqlite(tx) => tx.commit().await?,
            Open::Postgres(tx) => tx.commit().await?,
        }
        done(Work::Transaction, self.started);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;
    use crate::value::params;
    use crate::{postgres, sqlite};

    /// A table of one column `n`, which is never null, on each engine that is at hand.
    struct Table {
        db: Db,
        name: String,
        _folder: Option<tempfile::TempDir>,
    }

    impl Table {
        async fn on_each() -> Vec<Self> {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("test.sqlite3");
            let sqlite = Sqlite::new(&path, sqlite::open_writer(&path).unwrap());
            let mut all = vec![Self::new(Db::Sqlite(sqlite), Some(folder)).await];
            match std::env::var("YOMU_TEST_POSTGRES") {
                Ok(url) => {
                    let postgres = Postgres::new(postgres::open(&url).unwrap());
                    all.push(Self::new(Db::Postgres(postgres), None).await);
                }
                Err(_) => eprintln!("SKIPPED on PostgreSQL: YOMU_TEST_POSTGRES is not set; run `scripts/postgres`"),
            }
            all
        }

        async fn new(db: Db, folder: Option<tempfile::TempDir>) -> Self {
            static MADE: AtomicU32 = AtomicU32::new(0);
            let name = format!("pipeline_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
            db.execute(&format!("CREATE TABLE {name} (n BIGINT NOT NULL)"), params![]).await.unwrap();
            Self { db, name, _folder: folder }
        }

        fn insert(&self) -> String {
            format!("INSERT INTO {} (n) VALUES (CAST(?1 AS BIGINT))", self.name)
        }

        async fn sum(&self) -> i64 {
            let sql = format!("SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM {}", self.name);
            self.db.value(&sql, params![]).await.unwrap().unwrap()
        }
    }

    #[tokio::test]
    async fn what_waits_runs_in_its_order_before_the_next_statement_and_before_the_commit() {
        for table in Table::on_each().await {
            let mut tx = table.db.begin().await.unwrap();
            tx.later(&table.insert(), params![2_i64]);
            tx.later(&format!("UPDATE {} SET n = n * 10", table.name), params![]);
            let seen: Option<i64> = tx.value(&format!("SELECT n FROM {}", table.name), params![]).await.unwrap();
            assert_eq!(seen, Some(20));
            tx.later(&format!("UPDATE {} SET n = n + 1", table.name), params![]);
            tx.commit().await.unwrap();
            assert_eq!(table.sum().await, 21);
        }
    }

    #[tokio::test]
    async fn when_what_waits_fails_so_does_the_next_statement_and_nothing_has_happened() {
        for table in Table::on_each().await {
            let mut tx = table.db.begin().await.unwrap();
            tx.later(&table.insert(), params![1_i64]);
            tx.later(&table.insert(), params![None::<i64>]);
            assert!(tx.execute(&table.insert(), params![2_i64]).await.is_err());
            drop(tx);
            assert_eq!(table.sum().await, 0);
        }
    }

    #[tokio::test]
    async fn when_what_waits_fails_so_does_the_commit() {
        for table in Table::on_each().await {
            let mut tx = table.db.begin().await.unwrap();
            tx.execute(&table.insert(), params![1_i64]).await.unwrap();
            tx.later(&table.insert(), params![None::<i64>]);
            assert!(tx.commit().await.is_err());
            assert_eq!(table.sum().await, 0);
        }
    }

    #[tokio::test]
    async fn a_transaction_that_is_dropped_leaves_room_for_the_next() {
        for table in Table::on_each().await {
            drop(table.db.begin().await.unwrap());
            let mut tx = table.db.begin().await.unwrap();
            tx.execute(&table.insert(), params![1_i64]).await.unwrap();
            drop(tx);
            table.db.execute(&table.insert(), params![4_i64]).await.unwrap();
            assert_eq!(table.sum().await, 4);
        }
    }
}
