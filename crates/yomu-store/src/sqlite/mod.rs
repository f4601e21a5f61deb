//! SQLite: one connection that writes, a few that read, all on blocking threads.
//!
//! WAL lets readers go on while the writer writes; `synchronous=NORMAL` loses nothing but the last transactions when
//! the machine (not the program) dies, and never damages the file.

mod connection;
mod convert;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::{OwnedMutexGuard, OwnedSemaphorePermit, Semaphore};

use crate::StoreError;
use crate::value::{Row, Value};

pub(crate) use connection::open_writer;

/// Readers that may work at once. Reads take fractions of a millisecond, so a few serve many people; each connection
/// has a page cache of its own, which is the reason for not having more.
const READERS: usize = 3;

/// The SQLite engine.
#[derive(Debug, Clone)]
pub(crate) struct Sqlite {
    writer: Arc<tokio::sync::Mutex<Connection>>,
    readers: Readers,
}

#[derive(Debug, Clone)]
struct Readers {
    path: Arc<PathBuf>,
    idle: Arc<Mutex<Vec<Connection>>>,
    turns: Arc<Semaphore>,
}

impl Sqlite {
    /// Takes over the writing connection of a migrated database at `path`.
    pub(crate) fn new(path: &Path, writer: Connection) -> Self {
        Self {
            writer: Arc::new(tokio::sync::Mutex::new(writer)),
            readers: Readers {
                path: Arc::new(path.to_owned()),
                idle: Arc::default(),
                turns: Arc::new(Semaphore::new(READERS)),
            },
        }
    }

    /// The rows of some statements, one after the other.
    pub(crate) async fn rows(&self, asked: Vec<(Arc<str>, Vec<Value>)>) -> Result<Vec<Vec<Row>>, StoreError> {
        self.read(move |connection| asked.into_iter().map(|(sql, params)| query(connection, &sql, params)).collect())
            .await
    }

    /// Runs several reading statements in one go on a blocking thread.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let turn = Arc::clone(&self.readers.turns).acquire_owned().await.map_err(|_| StoreError::Stopping)?;
        let readers = self.readers.clone();
        blocking(move || readers.with(turn, work)).await
    }

    /// Waits for the turn to write, of which there is one at a time; others wait in the order in which they came. The
    /// transaction begins with its first statement.
    pub(crate) async fn begin(&self) -> Result<SqliteTransaction, StoreError> {
        let writer = Writer(Arc::clone(&self.writer).lock_owned().await);
        Ok(SqliteTransaction { writer: Some(writer), is_begun: false, waiting: Vec::new() })
    }

    /// Runs a whole transaction in one go on a blocking thread, for bulk work.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let writer = Writer(Arc::clone(&self.writer).lock_owned().await);
        blocking(move || {
            writer.0.execute_batch("BEGIN IMMEDIATE")?;
            let value = work(&writer.0)?;
            writer.0.execute_batch("COMMIT")?;
            Ok(value)
        })
        .await
    }
}

impl Readers {
    /// Runs `work` on an idle connection, or on a new one; the turn bounds their number.
    fn with<T>(
        &self,
        turn: OwnedSemaphorePermit,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = idle.map_or_else(|| connection::open_reader(&self.path), Ok)?;
        let value = work(&connection);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        drop(turn);
        value
    }
}

/// The writing connection while somebody holds it. An open transaction is rolled back when it is let go.
struct Writer(OwnedMutexGuard<Connection>);

impl Drop for Writer {
    fn drop(&mut self) {
        if !self.0.is_autocommit()
            && let Err(error) = self.0.execute_batch("ROLLBACK")
        {
            tracing::error!(%error, "a transaction could not be rolled back");
        }
    }
}

/// A transaction whose statements come one by one.
pub(crate) struct SqliteTransaction {
    /// Taken while a statement runs on a blocking thread, so that a caller who goes away in the middle leaves a
    /// transaction that is rolled back when the statement ends.
    writer: Option<Writer>,
    is_begun: bool,
    /// Statements that run with the next one: each way to a blocking thread and back costs more than a small statement.
    waiting: Vec<(Arc<str>, Vec<Value>)>,
}

impl SqliteTransaction {
    /// Puts a statement before the next one.
    pub(crate) fn later(&mut self, sql: Arc<str>, params: Vec<Value>) {
        self.waiting.push((sql, params));
    }

    pub(crate) async fn rows(&mut self, sql: Arc<str>, params: Vec<Value>) -> Result<Vec<Row>, StoreError> {
        self.run(move |connection| query(connection, &sql, params)).await
    }

    pub(crate) async fn execute(&mut self, sql: Arc<str>, params: Vec<Value>) -> Result<u64, StoreError> {
        self.run(move |connection| execute(connection, &sql, params)).await
    }

    pub(crate) async fn commit(mut self) -> Result<(), StoreError> {
        self.run(|connection| Ok(connection.execute_batch("COMMIT")?)).await
    }

    async fn run<T: Send + 'static>(
        &mut self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let writer = self.writer.take().ok_or(StoreError::Stopping)?;
        let is_begun = std::mem::replace(&mut self.is_begun, true);
        let waiting = std::mem::take(&mut self.waiting);
        let (writer, value) = blocking(move || {
            let value = prepare(&writer.0, is_begun, waiting).and_then(|()| work(&writer.0));
            Ok((writer, value))
        })
        .await?;
        self.writer = Some(writer);
        value
    }
}

/// Begins the transaction if it has not begun, and runs what waits.
fn prepare(connection: &Connection, is_begun: bool, waiting: Vec<(Arc<str>, Vec<Value>)>) -> Result<(), StoreError> {
    if !is_begun {
        connection.execute_batch("BEGIN IMMEDIATE")?;
    }
    // As queries, because what waits may have rows.
    waiting.into_iter().try_for_each(|(sql, params)| query(connection, &sql, params).map(drop))
}

fn execute(connection: &Connection, sql: &str, params: Vec<Value>) -> Result<u64, StoreError> {
    let changed = connection.prepare_cached(sql)?.execute(convert::parameters(params))?;
    Ok(changed as u64)
}

fn query(connection: &Connection, sql: &str, params: Vec<Value>) -> Result<Vec<Row>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let columns = statement.column_count();
    let mut rows = statement.query(convert::parameters(params))?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let values = (0..columns).map(|column| Ok(convert::from_column(row.get_ref(column)?)));
        out.push(Row::new(values.collect::<Result<_, rusqlite::Error>>()?));
    }
    Ok(out)
}

/// Runs database work where it may block.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| StoreError::Stopping)?
}
