//! Whether the program can do its work.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Instant;

use tokio::time::timeout;

use crate::App;
use crate::operations::limits::{READINESS_KEPT, READINESS_TIME};

/// What `/readyz` answers from. Cheap to clone.
///
/// It is not ready before the database was opened, which includes that its schema is up to date; while the database does
/// not answer; and from the moment it was told to stop.
#[derive(Clone, Default)]
pub(crate) struct Readiness {
    inner: Arc<Inner>,
}

#[derive(Default)]
struct Inner {
    app: OnceLock<App>,
    /// Why the database is not open yet.
    waits_for: Mutex<String>,
    is_stopping: OnceLock<()>,
    /// The last answer and when it was given. Held while the database is asked, so that many who ask at once ask it once.
    last: tokio::sync::Mutex<Option<(Instant, Result<(), String>)>>,
}

impl Readiness {
    /// Says what the start waits for.
    pub(crate) fn waits_for(&self, reason: impl Into<String>) {
        *self.inner.waits_for.lock().unwrap_or_else(PoisonError::into_inner) = reason.into();
    }

    /// The database is open.
    pub(crate) fn opened(&self, app: App) {
        let _ = self.inner.app.set(app);
    }

    /// The program was told to stop.
    pub(crate) fn stops(&self) {
        let _ = self.inner.is_stopping.set(());
    }

    /// The program, once it is open.
    pub(crate) fn app(&self) -> Option<&App> {
        self.inner.app.get()
    }

    /// Why it is not ready; nothing when it is.
    ///
    /// # Errors
    /// One sentence without a full stop.
    pub(crate) async fn check(&self) -> Result<(), String> {
        if self.inner.is_stopping.get().is_some() {
            return Err("the program is stopping".to_owned());
        }
        let Some(app) = self.app() else {
            let reason = self.inner.waits_for.lock().unwrap_or_else(PoisonError::into_inner).clone();
            return Err(if reason.is_empty() { "the database is being opened".to_owned() } else { reason });
        };
        let mut last = self.inner.last.lock().await;
        if let Some((at, answer)) = &*last
            && at.elapsed() < READINESS_KEPT
        {
            return answer.clone();
        }
        let answer = match timeout(READINESS_TIME, app.store.ping()).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(error.to_string()),
            Err(_) => Err("the database does not answer".to_owned()),
        };
        if let Err(reason) = &answer {
            tracing::warn!(reason, "not ready");
        }
        *last = Some((Instant::now(), answer.clone()));
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn before_the_database_is_open_it_says_what_it_waits_for() {
        let readiness = Readiness::default();
        assert_eq!(readiness.check().await, Err("the database is being opened".to_owned()));
        readiness.waits_for("no connection");
        assert_eq!(readiness.check().await, Err("no connection".to_owned()));
        readiness.stops();
        assert_eq!(readiness.check().await, Err("the program is stopping".to_owned()));
    }
}
