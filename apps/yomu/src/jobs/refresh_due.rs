//! Takes feeds as they become due and refreshes many at once.

use std::collections::HashMap;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::{Id, JoinError, JoinSet};
use tokio::time::{Instant, sleep_until, timeout};
use yomu_store::{FeedSource, Lease, PostponedCheck, StoreError, UnchangedCheck};

use super::host_queue::HostQueue;
use super::{Outcome, Progress, Totals, refresh_feed};
use crate::App;
use crate::limits::{
    FEEDS_CLAIMED, FEEDS_IN_FLIGHT, FEEDS_OF_HOST_IN_FLIGHT, LEASE, LEASE_FRESH, LOOK_AGAIN, LOOK_AGAIN_AT_WORK,
    POSTPONED, STOPPING, UNCHANGED_BATCH,
};
use crate::metrics;
use crate::random::random_i64;

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
            run.write_down().await;
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
                () = due.notified(), if run.has_room() => run.look_at = Instant::now(),
                () = sleep_until(run.look_at), if run.has_room() => run.write_down().await,
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
            run.write_down().await;
            return Ok(run.totals);
        }
        let ended = run.tasks.join_next_with_id().await;
        run.note(ended, &mut progress).await;
    }
}

/// A task that ended, by itself or not.
type Ended = Result<(Id, Result<Outcome, StoreError>), JoinError>;

/// Feeds in work, and those that wait for their turn.
struct Run {
    app: App,
    queue: HostQueue,
    tasks: JoinSet<Result<Outcome, StoreError>>,
    in_work: HashMap<Id, InWork>,
    /// Before this moment there is nothing due that could be worked on, as far as is known.
    look_at: Instant,
    unchanged: Vec<UnchangedCheck>,
    postponed: Vec<PostponedCheck>,
    totals: Totals,
}

struct InWork {
    lease: Lease,
    /// The address alone, without credentials.
    source: FeedSource,
    since: Instant,
}

impl Run {
    fn new(app: App) -> Self {
        // While some feeds of a host are read and stored, others are fetched.
        let share = (2 * app.fetcher.per_host_max()).min(FEEDS_OF_HOST_IN_FLIGHT);
        Self {
            app,
            queue: HostQueue::new(share),
            tasks: JoinSet::new(),
            in_work: HashMap::new(),
            look_at: Instant::now(),
            unchanged: Vec::new(),
            postponed: Vec::new(),
            totals: Totals::default(),
        }
    }

    fn has_room(&self) -> bool {
        self.tasks.len() * 2 <= FEEDS_IN_FLIGHT as usize
    }

    /// Gives work to the free places. Takes leases when half of the places stay free and something may be due.
    async fn top_up(&mut self) -> Result<(), StoreError> {
        loop {
            self.give_work().await?;
            let may_be_due = self.tasks.is_empty() || self.look_at <= Instant::now();
            if !self.has_room() || !may_be_due || self.claim().await? == 0 {
                return Ok(());
            }
        }
    }

    async fn give_work(&mut self) -> Result<(), StoreError> {
        let mut late = Vec::new();
        while self.tasks.len() < FEEDS_IN_FLIGHT as usize
            && let Some(next) = self.queue.next()
        {
            if next.is_last {
                self.look_at = Instant::now();
            }
            let (lease, source) = (next.feed.lease, FeedSource::at(next.feed.source.url.as_str()));
            if next.since.elapsed() > LEASE_FRESH {
                self.queue.ended(source.origin());
                late.push(lease);
                continue;
            }
            let app = self.app.clone();
            let task = self.tasks.spawn(async move { refresh_feed(&app, next.feed).await });
            self.in_work.insert(task.id(), InWork { lease, source, since: Instant::now() });
        }
        if late.is_empty() { Ok(()) } else { self.app.store.release(&late).await }
    }

    /// Takes leases of feeds that are due, and returns their number. Hosts that have feeds waiting are left out: the
    /// places that are free are not for them.
    async fn claim(&mut self) -> Result<usize, StoreError> {
        let (store, token, now) = (&self.app.store, random_i64(), self.app.now());
        let crowded = self.queue.crowded();
        let since = Instant::now();
        let claimed = if crowded.is_empty() {
            store.claim_due(FEEDS_CLAIMED, token, LEASE, now).await?
        } else {
            store.claim_due_elsewhere(crowded, FEEDS_CLAIMED, token, LEASE, now).await?
        };
        let count = claimed.len();
        if count < FEEDS_CLAIMED as usize {
            self.look_at = since + LOOK_AGAIN_AT_WORK;
        }
        claimed.into_iter().for_each(|feed| self.queue.push(feed, since));
        Ok(count)
    }

    /// Counts one that ended.
    async fn note(&mut self, ended: Option<Ended>, progress: &mut impl FnMut(&Progress)) {
        let (id, outcome) = match ended {
            None => return,
            Some(Ok((id, outcome))) => (id, outcome),
            Some(Err(died)) => {
                tracing::error!(error = %died, "a refresh died");
                self.end(died.id(), "died");
                self.totals.failed += 1;
                return;
            }
        };
        let lease = self.in_work.get(&id).map(|one| one.lease);
        let url = self.end(id, name(&outcome));
        let (mut failure, mut new_entries) = (None, 0);
        match outcome {
            Ok(Outcome::Stored { new }) => {
                self.totals.changed += 1;
                new_entries = new;
                metrics::NEW_ENTRIES.add([], new);
            }
            Ok(Outcome::Unchanged(check)) => {
                self.totals.unchanged += 1;
                self.unchanged.push(check);
            }
            Ok(Outcome::Postponed(check)) => {
                self.totals.postponed += 1;
                self.postponed.push(check);
            }
            Ok(Outcome::Failed(trouble)) => {
                self.totals.failed += 1;
                metrics::FAILURES.add([&trouble.kind], 1);
                failure = Some(trouble.text);
            }
            // Another worker has the feed, and counts it.
            Ok(Outcome::TakenOver) => {}
            Err(error) => {
                let feed = lease.map(|lease| lease.feed.get());
                tracing::error!(%error, feed, "a feed could not be stored");
                self.totals.failed += 1;
                // Soon again, and not only when the lease has run out: a database that was too busy may not be any more.
                self.postponed.extend(lease.map(|lease| self.soon(lease)));
                failure = Some(error.to_string());
            }
        }
        self.totals.new_entries += new_entries;
        progress(&Progress { url, failure, new_entries });
        if self.unchanged.len() + self.postponed.len() >= UNCHANGED_BATCH {
            self.write_down().await;
        }
    }

    fn soon(&self, lease: Lease) -> PostponedCheck {
        let now = self.app.now();
        PostponedCheck { lease, next_check_at: now.checked_add(POSTPONED).unwrap_or(now) }
    }

    /// Frees the place of a task. Returns the address of its feed.
    fn end(&mut self, task: Id, outcome: &'static str) -> String {
        let Some(ended) = self.in_work.remove(&task) else { return String::new() };
        self.queue.ended(ended.source.origin());
        metrics::REFRESHES.observe([outcome], ended.since.elapsed());
        ended.source.url
    }

    /// Writes down the checks that brought nothing. When that fails, their leases run out, and they are asked again.
    async fn write_down(&mut self) {
        let (unchanged, postponed) = (std::mem::take(&mut self.unchanged), std::mem::take(&mut self.postponed));
        if !unchanged.is_empty()
            && let Err(error) = self.app.store.finish_unchanged(&unchanged, self.app.now()).await
        {
            tracing::error!(%error, feeds = unchanged.len(), "checks without news could not be written down");
        }
        if !postponed.is_empty()
            && let Err(error) = self.app.store.postpone(&postponed).await
        {
            tracing::error!(%error, feeds = postponed.len(), "postponed checks could not be written down");
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
        self.write_down().await;
        let in_work = self.in_work.values().map(|one| one.lease);
        let leases: Vec<Lease> = in_work.chain(self.queue.into_waiting().map(|feed| feed.lease)).collect();
        if let Err(error) = self.app.store.release(&leases).await {
            tracing::warn!(%error, "leases could not be given back; they run out by themselves");
        }
    }
}

/// An outcome as a label.
fn name(outcome: &Result<Outcome, StoreError>) -> &'static str {
    match outcome {
        Ok(Outcome::Stored { new: 0 }) => "changed",
        Ok(Outcome::Stored { .. }) => "new_entries",
        Ok(Outcome::Unchanged(_)) => "unchanged",
        Ok(Outcome::Postponed(_)) => "postponed",
        Ok(Outcome::Failed(_)) => "failed",
        Ok(Outcome::TakenOver) => "taken_over",
        Err(_) => "not_stored",
    }
}

async fn pause(stop: &mut watch::Receiver<bool>, time: Duration) {
    let _ = timeout(time, stop.changed()).await;
}
