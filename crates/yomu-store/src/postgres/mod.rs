//! PostgreSQL: a pool of connections, prepared statements, transactions that end with their connection when dropped.

mod connect;
mod convert;

use deadpool_postgres::{Object, Pool};
use tokio_postgres::types::ToSql;

use crate::StoreError;
use crate::value::{Row, Value};

pub(crate) use connect::open;

/// The PostgreSQL engine.
#[derive(Debug, Clone)]
pub(crate) struct Postgres {
    pool: Pool,
}

impl Postgres {
    pub(crate) fn new(pool: Pool) -> Self {
        Self { pool }
    }

    pub(crate) async fn rows(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        query(&self.connection().await?, sql, params).await
    }

    /// A connection, for statements whose parameters are arrays.
    pub(crate) async fn connection(&self) -> Result<Object, StoreError> {
        Ok(self.pool.get().await?)
    }

    pub(crate) async fn begin(&self) -> Result<PostgresTransaction, StoreError> {
        let connection = self.connection().await?;
        connection.batch_execute("BEGIN").await?;
        Ok(PostgresTransaction { connection: Some(connection) })
    }
}

/// A transaction on a connection of its own.
pub(crate) struct PostgresTransaction {
    /// Given back to the pool only by a commit. Otherwise it is closed, upon which the server rolls back.
    connection: Option<Object>,
}

impl PostgresTransaction {
    pub(crate) async fn rows(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        query(self.connection()?, sql, params).await
    }

    /// Runs a statement that is not worth preparing, such as one on a cursor.
    pub(crate) async fn fetch(&self, sql: &str) -> Result<Vec<Row>, StoreError> {
        self.connection()?.query(sql, &[]).await?.iter().map(convert::row).collect()
    }

    pub(crate) async fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, StoreError> {
        let connection = self.connection()?;
        let statement = connection.prepare_cached(sql).await?;
        Ok(connection.execute_raw(&statement, params.iter().map(|value| value as &(dyn ToSql + Sync))).await?)
    }

    /// The connection itself, for bulk statements whose parameters are arrays.
    pub(crate) fn connection(&self) -> Result<&Object, StoreError> {
        self.connection.as_ref().ok_or(StoreError::Stopping)
    }

    pub(crate) async fn commit(mut self) -> Result<(), StoreError> {
        self.connection()?.batch_execute("COMMIT").await?;
        drop(self.connection.take());
        Ok(())
    }
}

impl Drop for PostgresTransaction {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            drop(Object::take(connection));
        }
    }
}

async fn query(connection: &Object, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
    let statement = connection.prepare_cached(sql).await?;
    let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|value| value as &(dyn ToSql + Sync)).collect();
    let rows = connection.query(&statement, &params).await?;
    rows.iter().map(convert::row).collect()
}
