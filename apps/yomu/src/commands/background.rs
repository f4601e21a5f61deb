//! The jobs of a server or a worker, from their start to their end.

use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::App;
use crate::jobs::{fetch_pages_forever, hear_due_forever, purge_removed_forever, refresh_forever, seal_passwords};
use crate::operations::Stop;
use crate::operations::limits::WINDING_DOWN;

/// Jobs at work.
pub(super) struct Background {
    jobs: JoinSet<()>,
}

impl Background {
    /// Starts all jobs.
    pub(super) fn start(app: &App, stop: &Stop) -> Self {
        let mut jobs = JoinSet::new();
        jobs.spawn(seal_passwords(app.clone()));
        jobs.spawn(refresh_forever(app.clone(), stop.watch()));
        jobs.spawn(fetch_pages_forever(app.clone(), stop.watch()));
        jobs.spawn(purge_removed_forever(app.clone(), stop.watch()));
        jobs.spawn(hear_due_forever(app.clone(), stop.watch()));
        Self { jobs }
    }

    /// Waits until jobs that were told to stop have ended, for seconds at most: when the database is away, leases cannot
    /// be given back, and run out by themselves.
    pub(super) async fn end(mut self) {
        let ending = async {
            while let Some(ended) = self.jobs.join_next().await {
                if let Err(error) = ended {
                    tracing::error!(%error, "background work died");
                }
            }
        };
        if timeout(WINDING_DOWN, ending).await.is_err() {
            tracing::warn!("background work did not end in time; its leases run out by themselves");
        }
    }
}
