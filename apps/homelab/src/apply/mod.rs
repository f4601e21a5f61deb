//! Carrying out a plan, until there is nothing left to do.
//!
//! ```text
//! look -> plan -> carry out side by side what may be -> look again -> … -> the plan is empty
//! ```
//!
//! A step that fails is no end: what it did or did not do is seen at the next look, and the next plan takes it from there.
//! That is also how an interrupted run goes on. It ends in failure when nothing moves any more.

mod cluster_steps;
mod container_steps;
mod context;
mod failure;
pub(crate) mod machine_steps;
mod round;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use homelab_plan::plan::{Desired, Observed, Plan, Problem, make};
use tokio::time::{Instant, sleep};

use context::Release;
pub use context::{Context, Listener, Moment, Random};
pub use failure::Failure;
pub(crate) use failure::StepError;

use crate::observe::{Blind, Manifests, observe};
use crate::reach::Reach;

/// After so many rounds in which nothing was done, there is no point in another.
const IDLE_ROUNDS_MAX: u32 = 12;

/// So long without a step that was done is enough too: what is waited for takes minutes by itself, and nobody watches it for hours.
const IDLE_TIME_MAX: Duration = Duration::from_secs(15 * 60);

/// A plan that never empties is a mistake of ours, and not to be repeated for ever.
const ROUNDS_MAX: u32 = 300;

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All is as it should be.
    Done {
        /// How many steps were carried out.
        steps: usize,
    },
    /// Something is missing that no step can make.
    Missing(Vec<Problem>),
    /// Nothing moves any more.
    Stuck(Vec<Failure>),
    /// The home cannot be looked at.
    Blind(Blind),
    /// Somebody asked to stop; running steps were finished.
    Interrupted,
}

/// Brings a home to what it should be.
pub async fn up(
    reach: &Reach,
    desired: &Desired,
    manifests: &[Manifests],
    random: &dyn Random,
    listener: &dyn Listener,
) -> Outcome {
    carry_out(reach, desired, manifests, random, listener, |plan| plan).await
}

/// Brings containers, machines and binaries to what they should be, and starts nothing: as far as a restore needs it.
pub async fn prepare(
    reach: &Reach,
    desired: &Desired,
    manifests: &[Manifests],
    random: &dyn Random,
    listener: &dyn Listener,
) -> Outcome {
    carry_out(reach, desired, manifests, random, listener, Plan::before_k3s).await
}

/// Looks, plans and carries out as much of each plan as `wanted` leaves, until nothing is left.
async fn carry_out(
    reach: &Reach,
    desired: &Desired,
    manifests: &[Manifests],
    random: &dyn Random,
    listener: &dyn Listener,
    wanted: fn(Plan) -> Plan,
) -> Outcome {
    let mut taken = BTreeSet::new();
    let release = Arc::new(Release::default());
    let mut done = 0;
    let mut idle = 0;
    let mut moved = Instant::now();
    for _ in 0..ROUNDS_MAX {
        let observed = match look(reach, desired, manifests, &taken, listener).await {
            Ok(observed) => observed,
            Err(blind) => return Outcome::Blind(blind),
        };
        let plan = wanted(make(desired, &observed));
        if !plan.problems.is_empty() {
            return Outcome::Missing(plan.problems);
        }
        if plan.is_empty() {
            return Outcome::Done { steps: done };
        }
        listener.hear(Moment::Planned(&plan));
        let context = Context::new(reach, desired, manifests, random).with_release(&release);
        let round = round::carry_out(&context, &plan, listener).await;
        taken.extend(context.taken_vmids());
        done += round.done;
        if round.was_interrupted {
            return Outcome::Interrupted;
        }
        if round.done > 0 {
            (idle, moved) = (0, Instant::now());
        } else {
            idle += 1;
        }
        if let Some(end) = end(&round.failures, idle, moved.elapsed()) {
            return end;
        }
        if !round.failures.is_empty() {
            // Whatever is in the way gets longer to go away each time.
            sleep(Duration::from_secs(5 << idle.min(4))).await;
        }
    }
    Outcome::Stuck(vec![Failure {
        step: "look".to_owned(),
        sentence: format!("after {ROUNDS_MAX} rounds there is still something to do: somebody undoes what is done"),
        hint: Some("`homelab plan` shows what comes back each time".to_owned()),
        is_final: true,
    }])
}

fn end(failures: &[Failure], idle: u32, idle_time: Duration) -> Option<Outcome> {
    let is_hopeless = failures.iter().any(|failure| failure.is_final);
    // Where one failure ends the run, those beside it that time might have mended are not its reason.
    let reasons = failures.iter().filter(|failure| failure.is_final || !is_hopeless).cloned();
    (is_hopeless || idle >= IDLE_ROUNDS_MAX || idle_time >= IDLE_TIME_MAX).then(|| Outcome::Stuck(reasons.collect()))
}

/// Looks, and again for a while when a look fails for reasons that pass.
async fn look(
    reach: &Reach,
    desired: &Desired,
    manifests: &[Manifests],
    taken: &BTreeSet<u32>,
    listener: &dyn Listener,
) -> Result<Observed, Blind> {
    let mut pauses = [2_u64, 5, 10, 20, 30].iter();
    loop {
        match observe(reach, desired, manifests, taken).await {
            Ok(observed) => return Ok(observed),
            Err(blind) if passes(&blind) => match pauses.next() {
                Some(seconds) => {
                    listener.hear(Moment::LookFailed(&blind));
                    sleep(Duration::from_secs(*seconds)).await;
                }
                None => return Err(blind),
            },
            Err(blind) => return Err(blind),
        }
    }
}

/// Whether it may work at another time.
fn passes(blind: &Blind) -> bool {
    use proxmox_client::Error;
    match blind {
        Blind::Proxmox(error) => !matches!(
            error,
            Error::CertificateChanged { .. }
                | Error::CertificateUntrusted { .. }
                | Error::CaFile { .. }
                | Error::Setup { .. }
                | Error::NotProxmox { .. }
                | Error::LoginRefused { .. }
                | Error::SecondFactorNeeded { .. }
                | Error::SecondFactorRefused { .. }
                | Error::Unauthorized { .. }
                | Error::Forbidden { .. }
        ),
        Blind::BadName(_) | Blind::NotOurs { .. } | Blind::Desk(_) => false,
    }
}

/// The plan for a home as it is now, without carrying anything out.
///
/// # Errors
/// The home cannot be looked at.
pub async fn plan(reach: &Reach, desired: &Desired, manifests: &[Manifests]) -> Result<Plan, Blind> {
    Ok(make(desired, &observe(reach, desired, manifests, &BTreeSet::new()).await?))
}
