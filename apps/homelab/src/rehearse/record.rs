//! What happened, step by step.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use homelab_plan::plan::Plan;
use serde::Serialize;
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::apply::{Listener, Moment};

/// Writes down what happens; the power may go at a step.
#[derive(Debug)]
pub struct Record {
    began: Instant,
    steps: Mutex<Vec<StepRecord>>,
    begun: AtomicUsize,
    kill_at: Option<usize>,
    killed: Notify,
    first_plan: OnceLock<Plan>,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StepRecord {
    /// Its name.
    pub id: String,
    /// What it is about.
    pub place: String,
    /// What it does.
    pub sentence: String,
    /// When it began, seconds since the beginning.
    pub began: f64,
    /// When it ended.
    pub ended: f64,
    /// How it ended.
    pub end: End,
}

/// How a step ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum End {
    /// It is not over.
    Running,
    /// It is done.
    Done,
    /// It failed: why.
    Failed(String),
    /// The power went.
    Killed,
}

impl Record {
    /// An empty record.
    pub fn new(kill_at: Option<usize>) -> Self {
        let (steps, begun, killed, first_plan) = Default::default();
        Self { began: Instant::now(), steps, begun, kill_at, killed, first_plan }
    }

    /// Everything so far.
    pub fn steps(&self) -> Vec<StepRecord> {
        self.list().clone()
    }

    /// What was planned first.
    pub(super) fn first_plan(&self) -> Option<Plan> {
        self.first_plan.get().cloned()
    }

    /// Seconds since the beginning.
    pub fn seconds(&self) -> f64 {
        self.began.elapsed().as_secs_f64()
    }

    /// Waits until the power is to go.
    pub(super) async fn killed(&self) {
        self.killed.notified().await;
    }

    /// The power went: whatever runs ends here.
    pub(super) fn power_went(&self) {
        let now = self.seconds();
        for step in self.list().iter_mut().filter(|step| step.end == End::Running) {
            (step.end, step.ended) = (End::Killed, now);
        }
    }

    fn list(&self) -> MutexGuard<'_, Vec<StepRecord>> {
        self.steps.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn end(&self, id: &str, end: End) {
        let now = self.seconds();
        if let Some(step) = self.list().iter_mut().rev().find(|step| step.id == id && step.end == End::Running) {
            (step.end, step.ended) = (end, now);
        }
    }
}

impl Listener for Record {
    fn hear(&self, moment: Moment<'_>) {
        match moment {
            Moment::Began(step) => {
                let now = self.seconds();
                self.list().push(StepRecord {
                    id: step.action.id(),
                    place: step.action.place().to_owned(),
                    sentence: step.action.sentence(),
                    began: now,
                    ended: now,
                    end: End::Running,
                });
                if self.kill_at == Some(self.begun.fetch_add(1, Ordering::Relaxed)) {
                    self.killed.notify_one();
                }
            }
            Moment::Done(step) => self.end(&step.action.id(), End::Done),
            Moment::Failed(step, failure) => self.end(&step.action.id(), End::Failed(failure.sentence.clone())),
            Moment::Planned(plan) => drop(self.first_plan.get_or_init(|| plan.clone())),
            Moment::Waits(..) | Moment::LookFailed(_) => {}
        }
    }
}
