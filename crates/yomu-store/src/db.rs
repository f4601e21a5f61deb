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
        let (text, started) = (sql(self.dialect(), text), Instant::now());
        let rows = match self {
            Self::Sqlite(db) => db.rows(text, params).await,
            Self::Postgres(db) => db.rows(&text, &params).await,
        }?;
        done(Work::Read, started);
        Ok(rows)
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
