//! What every part of the program works with: the store, the fetcher, and the turns for costly work.

use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::{Notify, Semaphore};
use yomu_model::secret::Secret;
use yomu_store::{Store, StoreError};

use crate::cache::{Cache, Event};
use crate::fetch::{FetchConfig, FetchSetupError, Fetcher};
use crate::images::{Audience, Images};
use crate::keys::Keys;
use crate::limits::DOCUMENTS_WRITTEN;
use crate::operations::Stop;
use crate::sample;

/// The running program. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// Everything that lasts.
    pub store: Store,
    /// The way to other people's servers.
    pub fetcher: Fetcher,
    /// What may be forgotten, and word between replicas.
    pub cache: Cache,
    /// Turns for parsing and cleaning: as many as the machine has processors.
    pub(crate) processors: Arc<Semaphore>,
    /// Turns for documents from parsing to the last row written, which is when they take most memory. Those that wait
    /// are bytes as they came.
    pub(crate) documents: Arc<Semaphore>,
    /// Tells the refresher that something became due.
    pub(crate) due: Arc<Notify>,
    /// Tells the fetcher of saved pages that there are some.
    pub(crate) pages_due: Arc<Notify>,
    /// Ends what would wait for ever, when the program is told to stop.
    stop: Option<Stop>,
    /// Keys for what is hashed and sealed.
    pub(crate) keys: Arc<Keys>,
    /// The way by which the pictures of articles come; none when browsers fetch them themselves.
    pub(crate) images: Option<Arc<Images>>,
}

/// Why there can be no image proxy.
#[derive(Debug, thiserror::Error)]
pub enum ImageProxyError {
    /// The database has no key for it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The HTTP client cannot be set up.
    #[error(transparent)]
    Fetch(#[from] FetchSetupError),
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
            cache: Cache::in_memory(),
            processors: Arc::new(Semaphore::new(processors)),
            documents: Arc::new(Semaphore::new(processors + DOCUMENTS_WRITTEN)),
            due: Arc::default(),
            pages_due: Arc::default(),
            stop: None,
            keys: Arc::default(),
            images: None,
        })
    }

    /// The same program with keys that come from `SESSION_SECRET`.
    #[must_use]
    pub fn with_secret(self, secret: Secret) -> Self {
        Self { keys: Arc::new(Keys::new(Some(secret))), ..self }
    }

    /// The same program with keys from a file, and from `SESSION_SECRET` where there is one.
    #[must_use]
    pub(crate) fn with_key_file(self, secret: Option<Secret>, file: &[u8; 32]) -> Self {
        Self { keys: Arc::new(Keys::new(secret).with_file(file)), ..self }
    }

    /// The same program with another cache.
    #[must_use]
    pub fn with_cache(self, cache: Cache) -> Self {
        Self { cache, ..self }
    }

    /// The same program, through which the pictures of articles come. Comes after [`App::with_secret`], whose keys sign
    /// their addresses.
    ///
    /// # Errors
    /// A failure of the database, or when the HTTP client cannot be set up.
    pub async fn with_image_proxy(self, fetch: FetchConfig) -> Result<Self, ImageProxyError> {
        let key = self.keys.derived_or_stored(&self.store, "images").await?;
        Ok(Self { images: Some(Arc::new(Images::new(key, fetch)?)), ..self })
    }

    /// The same program, which can be told to stop.
    #[must_use]
    pub(crate) fn with_stop(self, stop: Stop) -> Self {
        Self { stop: Some(stop), ..self }
    }

    /// Waits until the program is told to stop. One that cannot be told waits for ever.
    pub(crate) async fn stopping(&self) {
        match &self.stop {
            Some(stop) => stop.told().await,
            None => std::future::pending().await,
        }
    }

    /// Tells the refresher, here or in another process, that something became due.
    pub(crate) async fn wake_refresher(&self) {
        self.due.notify_one();
        self.cache.publish(Event::Due).await;
    }

    /// An article's HTML as a browser gets it: with pictures that come through the program, if they do.
    pub(crate) fn with_own_pictures(&self, audience: Audience<'_>, html: String) -> String {
        let rewritten = self.images.as_ref().map(|images| images.rewrite(audience, &html).into_owned());
        rewritten.unwrap_or(html)
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
