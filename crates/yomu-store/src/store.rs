//! The store itself: how it is opened, and which engine it has.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use yomu_model::secret::Secret;

use crate::db::Db;
use crate::value::params;
use crate::{StoreError, migrate, postgres, sqlite};

/// Where the data is.
#[derive(Debug, Clone)]
pub enum StoreConfig {
    /// A SQLite file, created with its folder when it is missing.
    Sqlite(PathBuf),
    /// A PostgreSQL address, `postgres://user:password@host/database`; `sslmode` and the like as usual.
    Postgres(Secret),
}

/// Feeds, entries and marks, whichever database holds them. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    pub(crate) db: Db,
}

impl Store {
    /// Opens the database and brings its schema up to date.
    ///
    /// # Errors
    /// [`StoreError::Open`] when it cannot be reached, [`StoreError::SchemaTooNew`] when a newer program wrote it.
    pub async fn open(config: &StoreConfig, now: Timestamp) -> Result<Self, StoreError> {
        let db = match config {
            StoreConfig::Sqlite(path) => Db::Sqlite(open_sqlite(path.clone()).await?),
            StoreConfig::Postgres(url) => Db::Postgres(postgres::Postgres::new(postgres::open(url.expose())?)),
        };
        migrate::migrate(&db, now).await?;
        Ok(Self { db })
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// What the database says when it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.db.rows("SELECT 1", params![]).await.map(drop)
    }

    /// The engine's name, for people: `SQLite` or `PostgreSQL`.
    #[must_use]
    pub fn engine(&self) -> &'static str {
        match self.db {
            Db::Sqlite(_) => "SQLite",
            Db::Postgres(_) => "PostgreSQL",
        }
    }
}

pub(crate) async fn open_sqlite(path: PathBuf) -> Result<sqlite::Sqlite, StoreError> {
    let opened = tokio::task::spawn_blocking(move || {
        if let Some(folder) = path.parent() {
            create_folder(folder)?;
        }
        let writer = sqlite::open_writer(&path)?;
        Ok(sqlite::Sqlite::new(&path, writer))
    });
    opened.await.map_err(|_| StoreError::Stopping)?
}

fn create_folder(folder: &Path) -> Result<(), StoreError> {
    std::fs::create_dir_all(folder)
        .map_err(|error| StoreError::Open { place: folder.display().to_string(), reason: error.to_string() })
}
