//! How SQLite connections are opened, with the reason for each setting.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::StoreError;

/// Another process (a command beside the running server) may hold the write lock for a moment.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// Statements kept prepared per connection; the program has about a hundred texts.
const STATEMENTS: usize = 128;

/// Opens, and creates if needed, the database for writing.
pub(crate) fn open_writer(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = open(path, flags)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "normal")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // The log is cut back to 16 MiB after a checkpoint, so one large refresh does not leave a large file behind.
    connection.pragma_update(None, "journal_size_limit", 16 << 20)?;
    // 8 MiB of pages: the upper levels of all indexes for some hundred thousand entries.
    connection.pragma_update(None, "cache_size", -8192)?;
    Ok(connection)
}

/// Opens a migrated database for reading only.
pub(crate) fn open_reader(path: &Path) -> Result<Connection, StoreError> {
    let connection = open(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.pragma_update(None, "cache_size", -4096)?;
    Ok(connection)
}

fn open(path: &Path, flags: OpenFlags) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(path, flags)
        .map_err(|error| StoreError::Open { place: path.display().to_string(), reason: error.to_string() })?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}
