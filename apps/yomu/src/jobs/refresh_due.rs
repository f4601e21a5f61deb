//! Takes feeds as they become due and refreshes many at once.

use std::collections::HashMap;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::{Id, JoinError, JoinSet};
use tokio::time::{Instant, timeout};
use yomu_store::{Lease, StoreError, UnchangedCheck};

use super::{Outcome, refresh_feed};
use crate::App;
use crate::limits::{FEEDS_IN_FLIGHT, LEASE, LOOK_AGAIN, STOPPING, UNCHANGED_BATCH};
use crate::random::random_i64;

/// What a run over all due feeds came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Feeds with news.
    pub changed: u64,
    /// Feeds without news.
    pub unchanged: u64,
    /// Feeds that could not be fetched or read.
    pub failed: u64,
    /// New entries.
    pub new_entries: u64,
}

/// One feed that was refreshed, for a progress display.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// The feed's address.
    pub url: String,
    /// The sentence about what went wrong, if something did.
    pub failure: Option<String>,
    /// New entries.
    pub new_entries: u64,
}

impl Totals {
    /// Feeds in all.
    #[must_use]
    pub fn feeds(&self) -> u64 {
        self.changed + self.unchanged + self.failed
    }
}

/// Refreshes feeds as they become due, until told to stop. Then what is in work may end within a few seconds; the leases
/// of the rest are given back.
pub async fn refresh_forever(app: App, mut stop: watch::Receiver<bool>) {
    let mut run = Run::new(app);
    while !*stop.borrow() {
        if let Err(error) = run.top_up().await {
            tracing::error!(%error, "the schedule cannot be read");
            pause(&mut stop, Duration::from_secs(5)).await;
            continue;
        }
        if run.tasks.is_empty() {
            run.write_unchanged().await;
            let wait = run.until_next().await;
            let due = run.app.due.clone();
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = due.notified() => {}
                _ = stop.changed() => {}
            }
        } else {
            let due = run.app.due.clone();
            tokio::select! {
                ended = run.tasks.join_next_with_id() => run.note(ended, &mut |_| {}).await,
                () = due.notified(), if run.has_room() => {}
                _ = stop.changed() => {}
            }
        }
    }
    run.wind_down().await;
}

/// Refreshes everything that is due now, and returns when nothing is.
///
/// # Errors
/// A failure of the database.
pub async fn refresh_until_done(app: App, mut progress: impl FnMut(&Progress)) -> Result<Totals, StoreError> {
    let mut run = Run::new(app);
    loop {
        run.top_up().await?;
        if run.tasks.is_empty() {
            run.write_unchanged().await;
            return Ok(run.totals);
        }
        let ended = run.tasks.join_next_with_id().await;
        run.note(ended, &mut progress).await;
    }
}

/// A task that ended, by itself or not.
type Ended = Result<(Id, Result<Outcome, StoreError>), JoinError>;

/// Feeds in work.
struct Run {
    app: App,
    tasks: JoinSet<Result<Outcome, StoreError>>,
    leases: HashMap<Id, (Lease, String)>,
    unchanged: Vec<UnchangedCheck>,
    totals: Totals,
}

impl Run {
    fn new(app: App) -> Self {
        Self { app, tasks: JoinSet::new(), leases: HashMap::new(), unchanged: Vec::new(), totals: Totals::default() }
    }

    fn has_room(&self) -> bool {
        self.tasks.len() * 2 <= FEEDS_IN_FLIGHT as usize
    }

    /// Takes leases when half of the places are free: a query for many feeds costs no more than one for a single feed.
    async fn top_up(&mut self) -> Result<(), StoreError> {
        if !self.has_room() {
            return Ok(());
        }
        let free = FEEDS_IN_FLIGHT.saturating_sub(u32::try_from(self.tasks.len()).unwrap_or(FEEDS_IN_FLIGHT));
        for due in self.app.store.claim_due(free, random_i64(), LEASE, self.app.now()).await? {
            let (lease, url) = (due.lease, due.source.url.clone());
            let app = self.app.clone();
            let task = self.tasks.spawn(async move { refresh_feed(&app, due).await });
            self.leases.insert(task.id(), (lease, url));
        }
        Ok(())
    }

    /// Counts one that ended.
    async fn note(&mut self, ended: Option<Ended>, progress: &mut impl FnMut(&Progress)) {
        let (id, outcome) = match ended {
            None => return,
            Some(Ok((id, outcome))) => (id, outcome),
            Some(Err(died)) => {
                tracing::error!(error = %died, "a refresh died");
                self.leases.remove(&died.id());
                self.totals.failed += 1;
                return;
            }
        };
        let url = self.leases.remove(&id).map(|(_, url)| url).unwrap_or_default();
        let (mut failure, mut new_entries) = (None, 0);
        match outcome {
            Ok(Outcome::Stored { new }) => {
                self.totals.changed += 1;
                new_entries = new;
            }
            Ok(Outcome::Unchanged(check)) => {
                self.totals.unchanged += 1;
                self.unchanged.push(check);
            }
            Ok(Outcome::Failed(trouble)) => {
                self.totals.failed += 1;
                failure = Some(trouble.text);
            }
            // Another worker has the feed, and counts it.
            Ok(Outcome::TakenOver) => {}
            Err(error) => {
                tracing::error!(%error, %url, "a feed could not be stored");
                self.totals.failed += 1;
                failure = Some(error.to_string());
            }
        }
        self.totals.new_entries += new_entries;
        progress(&Progress { url, failure, new_entries });
        if self.unchanged.len() >= UNCHANGED_BATCH {
            self.write_unchanged().await;
        }
    }

    async fn write_unchanged(&mut self) {
        let checks = std::mem::take(&mut self.unchanged);
        if checks.is_empty() {
            return;
        }
        if let Err(error) = self.app.store.finish_unchanged(&checks, self.app.now()).await {
            // Their leases run out, and they are asked again.
            tracing::error!(%error, feeds = checks.len(), "checks without news could not be written down");
        }
    }

    async fn until_next(&self) -> Duration {
        match self.app.store.next_due().await {
            Ok(Some(next)) => {
                let wait = Duration::try_from(next.duration_since(self.app.now())).unwrap_or(Duration::ZERO);
                // Never at once: a feed that is due but leased to another worker is not ours to hurry.
                wait.clamp(Duration::from_millis(500), LOOK_AGAIN)
            }
            _ => LOOK_AGAIN,
        }
    }

    async fn wind_down(mut self) {
        let until = Instant::now() + STOPPING;
        while !self.tasks.is_empty() {
            let left = until.saturating_duration_since(Instant::now());
            let Ok(ended) = timeout(left, self.tasks.join_next_with_id()).await else { break };
            self.note(ended, &mut |_| {}).await;
        }
        self.tasks.abort_all();
        self.write_unchanged().await;
        let leases: Vec<Lease> = self.leases.values().map(|(lease, _)| *lease).collect();
        if let Err(error) = self.app.store.release(&leases).await {
            tracing::warn!(%error, "leases could not be given back; they run out by themselves");
        }
    }
}

async fn pause(stop: &mut watch::Receiver<bool>, time: Duration) {
    let _ = timeout(time, stop.changed()).await;
}
