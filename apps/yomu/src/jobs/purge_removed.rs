//! Deletes for good what users removed a day ago, and sessions and invitations that ran out.

use tokio::sync::watch;
use tokio::time::timeout;

use crate::App;
use crate::limits::{PURGE_EVERY, REMOVED_FOR};
use crate::sessions::LIFE;

/// Purges now and then until told to stop.
pub async fn purge_removed_forever(app: App, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        match app.store.purge_removed(app.now() - REMOVED_FOR).await {
            Ok(0) => {}
            Ok(entries) => tracing::info!(entries, "removed entries were deleted for good"),
            Err(error) => tracing::error!(%error, "removed entries could not be deleted"),
        }
        if let Err(error) = app.store.purge_sessions(LIFE, app.now()).await {
            tracing::error!(%error, "sessions that ran out could not be deleted");
        }
        let _ = timeout(PURGE_EVERY, stop.changed()).await;
    }
}
