//! What can go wrong between a method of the store and its database.

/// A failure of the store. "Not found" is no failure: methods say it in their answer.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database could not be opened or reached.
    #[error("the database at `{place}` cannot be opened: {reason}")]
    Open {
        /// Where it was looked for, without credentials.
        place: String,
        /// What the engine said.
        reason: String,
    },
    /// The database was written by a newer program.
    #[error(
        "the database has schema {found}, but this program ({}) knows schemas up to {known}; run {program}",
        env!("CARGO_PKG_VERSION")
    )]
    SchemaTooNew {
        /// The highest migration that the database has.
        found: i64,
        /// Which program to run instead, such as `yomu 0.2.0 or newer`.
        program: String,
        /// The highest migration that this program has.
        known: i64,
    },
    /// The database was written by an older program, and is only read here.
    #[error(
        "the database at `{place}` has schema {found}, and this program ({}) works with {known}; keep a copy of it, start \
         this program on it once, as with `yomu refresh`, and move it then",
        env!("CARGO_PKG_VERSION")
    )]
    SchemaTooOld {
        /// Where it is.
        place: String,
        /// The highest migration that the database has.
        found: i64,
        /// The highest migration that this program has.
        known: i64,
    },
    /// A migration that was applied before differs from the one in this program.
    #[error("migration {number} was changed after it had been applied; use the program that made this database")]
    SchemaChanged {
        /// The number of the migration.
        number: i64,
    },
    /// Another worker has taken over the feed: what was fetched is thrown away.
    #[error("another worker has taken over this feed")]
    LeaseLost,
    /// Another row has this value already, such as two folders of one name.
    #[error("there is one of this name already")]
    Duplicate,
    /// The file is of another program.
    #[error("`{place}` is no database of yomu")]
    NotOurs {
        /// Where it is.
        place: String,
    },
    /// Everything cannot be copied from here to there.
    #[error("{reason}")]
    CopyRefused {
        /// Why.
        reason: String,
    },
    /// A copy is not the same; it was undone.
    #[error(
        "`{table}` is not the same after copying: {sent} rows were sent and {found} arrived, or some are others; nothing was kept"
    )]
    CopyDiffers {
        /// The table.
        table: String,
        /// How many rows were sent.
        sent: u64,
        /// How many are there.
        found: u64,
    },
    /// A stored value is not of the expected kind: the database was changed by something else.
    #[error("a stored value is not {expected}")]
    Decode {
        /// What was expected.
        expected: &'static str,
    },
    /// A stored body cannot be decompressed.
    #[error("a stored body cannot be decompressed: {0}")]
    Body(std::io::Error),
    /// SQLite failed.
    #[error("the database failed: {0}")]
    Sqlite(#[source] rusqlite::Error),
    /// PostgreSQL failed.
    #[error("the database failed: {}", postgres_message(.0))]
    Postgres(#[source] tokio_postgres::Error),
    /// No connection to PostgreSQL could be had.
    #[error("no connection to the database: {0}")]
    Pool(String),
    /// The program is stopping.
    #[error("the database work was cancelled because the program is stopping")]
    Stopping,
}

impl StoreError {
    /// Whether the database cannot be reached or used now and may be later, without anybody changing the settings.
    #[must_use]
    pub fn is_away(&self) -> bool {
        match self {
            Self::Pool(_) => true,
            Self::Postgres(error) => error.is_closed() || error.code().is_none_or(says_come_back),
            Self::Sqlite(error) => error.sqlite_error_code().is_some_and(passes),
            _ => false,
        }
    }
}

/// A full disk, as soon as somebody makes room; a file that another program writes to, such as a backup, as soon as it is done.
fn passes(code: rusqlite::ErrorCode) -> bool {
    use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked, DiskFull};
    matches!(code, DiskFull | DatabaseBusy | DatabaseLocked)
}

/// Classes of SQLSTATE: connection (08), rollback (40), resources (53), an operator who intervened (57), the system (58).
fn says_come_back(code: &tokio_postgres::error::SqlState) -> bool {
    code.code().get(..2).is_some_and(|class| ["08", "40", "53", "57", "58"].contains(&class))
}

/// PostgreSQL's own words; the driver's `Display` says only `db error`, or `error connecting to server` without the reason.
fn postgres_message(error: &tokio_postgres::Error) -> String {
    match (error.as_db_error(), std::error::Error::source(error)) {
        (Some(db), _) => db.message().to_owned(),
        (None, Some(cause)) => format!("{error}: {cause}"),
        (None, None) => error.to_string(),
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error() {
            Some(cause) if cause.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE => Self::Duplicate,
            _ => Self::Sqlite(error),
        }
    }
}

impl From<tokio_postgres::Error> for StoreError {
    fn from(error: tokio_postgres::Error) -> Self {
        match error.code() {
            Some(&tokio_postgres::error::SqlState::UNIQUE_VIOLATION) => Self::Duplicate,
            _ => Self::Postgres(error),
        }
    }
}

impl From<deadpool_postgres::PoolError> for StoreError {
    fn from(error: deadpool_postgres::PoolError) -> Self {
        match error {
            deadpool_postgres::PoolError::Backend(error) => Self::Pool(postgres_message(&error)),
            deadpool_postgres::PoolError::Timeout(_) => Self::Pool("it took too long".to_owned()),
            error => Self::Pool(error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::ffi;

    use super::StoreError;

    #[test]
    fn a_full_disk_and_a_busy_file_pass_and_a_broken_file_does_not() {
        let is_away = |code| StoreError::from(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None)).is_away();
        assert!([ffi::SQLITE_FULL, ffi::SQLITE_BUSY, ffi::SQLITE_LOCKED].into_iter().all(is_away));
        assert!(![ffi::SQLITE_CORRUPT, ffi::SQLITE_NOTADB, ffi::SQLITE_ERROR].into_iter().any(is_away));
    }
}
