//! What every part of the program works with: the store, the fetcher, and the turns for costly work.

use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::{Notify, Semaphore};
use yomu_model::secret::Secret;
use yomu_store::Store;

use crate::fetch::{FetchConfig, FetchSetupError, Fetcher};
use crate::keys::Keys;
use crate::sample;

/// The running program. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// Everything that lasts.
    pub store: Store,
    /// The way to other people's servers.
    pub fetcher: Fetcher,
    /// Turns for parsing and cleaning: as many as the machine has processors.
    pub(crate) processors: Arc<Semaphore>,
    /// Tells the refresher that something became due.
    pub(crate) due: Arc<Notify>,
    /// Keys for what is hashed and sealed.
    pub(crate) keys: Arc<Keys>,
}

impl App {
    /// Puts the parts together.
    ///
    /// # Errors
    /// When the HTTP client cannot be set up.
    pub fn new(store: Store, fetch: FetchConfig) -> Result<Self, FetchSetupError> {
        let fetcher = Fetcher::new(FetchConfig { embedded: Some(sample::document), ..fetch })?;
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Self {
            store,
            fetcher,
            processors: Arc::new(Semaphore::new(processors)),
            due: Arc::default(),
            keys: Arc::default(),
        })
    }

    /// The same program with keys that come from `SESSION_SECRET`.
    #[must_use]
    pub fn with_secret(self, secret: Secret) -> Self {
        Self { keys: Arc::new(Keys::new(Some(secret))), ..self }
    }

    /// The time. The pure crates take it as an argument; this is where it comes from.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    /// Runs work that keeps a processor busy, when one is free, on a thread where it may.
    pub(crate) async fn compute<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let _turn = self.processors.acquire().await.ok()?;
        tokio::task::spawn_blocking(work).await.ok()
    }
}
