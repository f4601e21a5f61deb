//! PostgreSQL: a pool of connections, prepared statements, transactions that end with their connection when dropped.

mod connect;
mod convert;
mod pipeline;
mod tls;

use std::sync::Arc;

use deadpool_postgres::{Object, Pool};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_postgres::Statement;

use crate::StoreError;
use crate::value::{Row, Value};
use pipeline::{Answer, Step, run};

pub(crate) use connect::open;

/// Connections that write down what refreshes brought, at most: the others are for those who wait for a page. Refreshes
/// wait for their turn as long as it takes, where a page would give up.
const BULK: usize = connect::CONNECTIONS / 2;

/// The PostgreSQL engine.
#[derive(Debug, Clone)]
pub(crate) struct Postgres {
    pool: Pool,
    bulk: Arc<Semaphore>,
}

impl Postgres {
    pub(crate) fn new(pool: Pool) -> Self {
        Self { pool, bulk: Arc::new(Semaphore::new(BULK)) }
    }

    /// The rows of some statements, which go to the server together.
    pub(crate) async fn rows(&self, asked: &[(Arc<str>, Vec<Value>)]) -> Result<Vec<Vec<Row>>, StoreError> {
        let connection = self.connection().await?;
        let mut steps = Vec::with_capacity(asked.len());
        for (sql, params) in asked {
            steps.push(Step::Rows(connection.prepare_cached(sql).await?, params));
        }
        run(&connection, &steps).await?.into_iter().map(Answer::rows).collect()
    }

    /// A connection, for statements whose parameters are arrays.
    pub(crate) async fn connection(&self) -> Result<Object, StoreError> {
        Ok(self.pool.get().await?)
    }

    /// Waits for the turn to write much.
    pub(crate) async fn bulk_turn(&self) -> Result<OwnedSemaphorePermit, StoreError> {
        Arc::clone(&self.bulk).acquire_owned().await.map_err(|_| StoreError::Stopping)
    }

    /// Takes a connection for a transaction. `BEGIN` travels with the first statement.
    pub(crate) async fn begin(&self) -> Result<PostgresTransaction, StoreError> {
        Ok(PostgresTransaction { connection: Some(self.connection().await?), is_begun: false, waiting: Vec::new() })
    }
}

/// A transaction on a connection of its own.
pub(crate) struct PostgresTransaction {
    /// Given back to the pool only by a commit. Otherwise it is closed, upon which the server rolls back.
    connection: Option<Object>,
    is_begun: bool,
    /// Statements that travel with the next one.
    waiting: Vec<(Arc<str>, Vec<Value>)>,
}

impl PostgresTransaction {
    /// Puts a statement before the next one, with which it travels: nobody waits for its answer.
    pub(crate) fn later(&mut self, sql: Arc<str>, params: Vec<Value>) {
        self.waiting.push((sql, params));
    }

    pub(crate) async fn rows(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        let statement = self.prepare(sql).await?;
        self.send(Some(Step::Rows(statement, params))).await?.rows()
    }

    /// Runs a statement that is not worth preparing, such as one on a cursor.
    pub(crate) async fn fetch(&self, sql: &str) -> Result<Vec<Row>, StoreError> {
        self.connection()?.query(sql, &[]).await?.iter().map(convert::row).collect()
    }

    pub(crate) async fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, StoreError> {
        let statement = self.prepare(sql).await?;
        Ok(self.send(Some(Step::Execute(statement, params))).await?.changed())
    }

    /// Begins before its first statement, for one who takes the connection.
    pub(crate) async fn begin_now(&mut self) -> Result<(), StoreError> {
        self.send(None).await.map(drop)
    }

    /// The connection itself, for bulk statements whose parameters are arrays. The transaction must have begun: by a
    /// statement, or by [`Self::begin_now`].
    pub(crate) fn connection(&self) -> Result<&Object, StoreError> {
        self.connection.as_ref().ok_or(StoreError::Stopping)
    }

    pub(crate) async fn commit(mut self) -> Result<(), StoreError> {
        self.send(Some(Step::Commit)).await?;
        drop(self.connection.take());
        Ok(())
    }

    async fn prepare(&self, sql: &str) -> Result<Statement, StoreError> {
        Ok(self.connection()?.prepare_cached(sql).await?)
    }

    /// Sends what waits, the beginning before it where that is due, and a last step, whose answer is the answer.
    async fn send(&mut self, last: Option<Step<'_>>) -> Result<Answer, StoreError> {
        let waiting = std::mem::take(&mut self.waiting);
        let is_begun = std::mem::replace(&mut self.is_begun, true);
        let mut steps = Vec::with_capacity(waiting.len() + 2);
        if !is_begun {
            steps.push(Step::Begin);
        }
        for (sql, params) in &waiting {
            steps.push(Step::Execute(self.prepare(sql).await?, params));
        }
        steps.extend(last);
        Ok(run(self.connection()?, &steps).await?.pop_back().unwrap_or_default())
    }
}

impl Drop for PostgresTransaction {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take()
            && self.is_begun
        {
            drop(Object::take(connection));
        }
    }
}
