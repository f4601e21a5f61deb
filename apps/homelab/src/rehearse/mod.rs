//! Rehearsing: the same run against a simulated home, on a clock that does not wait.

mod chain;
mod git;
mod home;
pub mod practice;
mod reach;
mod record;
mod secrets;
mod seeds;
mod sign_in;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use homelab_plan::plan::{Desired, Problem};
use homelab_sim::{Fault, Faults, World};
use serde::Serialize;
use tokio::runtime::Builder;
use tokio::time::sleep;

pub use chain::{Link, longest_chain};
pub use git::publish;
pub use home::home_of;
pub use reach::{Simulated, reach};
pub use record::{End, Record, StepRecord};
pub use secrets::Counted as CountedSecrets;
pub use seeds::{Counted, Seeds};

use crate::apply::{self, Outcome};
use crate::observe::Manifests;
use sign_in::credentials;

/// From the beginning of a step until the power goes: what it sent is on its way.
const KILL_DELAY: Duration = Duration::from_millis(40);

/// What to rehearse.
#[derive(Clone, Copy, Debug)]
pub struct Rehearsal {
    /// Names this run for ever.
    pub seed: u64,
    /// How much goes wrong.
    pub faults: Faults,
    /// The power goes when the step of this number begins, counted from 0; then it is run again.
    pub kill_at: Option<usize>,
}

/// What a rehearsal showed.
#[derive(Debug, Serialize)]
pub struct Shown {
    /// The seed.
    pub seed: u64,
    /// How it ended.
    pub end: Ending,
    /// All steps in the order in which they began, those before the power went among them.
    pub steps: Vec<StepRecord>,
    /// How long it would have taken.
    pub seconds: f64,
    /// The longest chain of steps in the first plan, by the table of assumed times: it cannot take less.
    pub chain: Vec<Link>,
    /// How often each kind of fault happened.
    pub faults: BTreeMap<String, u64>,
    /// Promises that were not kept. There should be none, ever.
    pub broken: Vec<String>,
}

/// How a rehearsal ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// All is as it should be.
    Done,
    /// Something is missing that no step can make.
    Missing(Vec<Problem>),
    /// Nothing moved any more: why, in sentences.
    Stuck(Vec<String>),
}

impl Rehearsal {
    /// Rehearses. Takes a moment of real time, whatever the simulated time.
    pub fn run(self, desired: &Desired, manifests: &[Manifests]) -> Shown {
        let runtime = Builder::new_current_thread().enable_time().start_paused(true).build();
        match runtime {
            Ok(runtime) => runtime.block_on(self.rehearse(desired, manifests)),
            Err(error) => unreachable!("a runtime with nothing but a clock needs nothing of the system: {error}"),
        }
    }

    async fn rehearse(self, desired: &Desired, manifests: &[Manifests]) -> Shown {
        let world = World::new(&home_of(&desired.home), self.seed, self.faults);
        let before = others(&world, desired);
        let simulated = Simulated::new(world.clone());
        let secrets = CountedSecrets::default();
        let record = Arc::new(Record::new(self.kill_at));
        let mut outcome = None;
        if self.kill_at.is_some() {
            outcome = self.run_until_killed(&simulated, desired, manifests, &secrets, &record).await;
        }
        let outcome = match outcome {
            Some(outcome) => outcome,
            None => up(&simulated, desired, manifests, &secrets, record.as_ref()).await,
        };
        let seconds = record.seconds();
        let chain = record.first_plan().map(|plan| longest_chain(&plan, desired)).unwrap_or_default();
        let mut broken = Vec::new();
        if outcome_is_done(&outcome) {
            world.set_faults_on(false);
            broken.extend(self.broken_promises(&simulated, desired, manifests, &secrets, &before).await);
        }
        let steps = record.steps();
        let told = serde_json::to_string(&steps).unwrap_or_default();
        if secrets.are_in(&told) {
            broken.push("a secret was printed".to_owned());
        }
        let faults = world.fault_counts().into_iter().map(|(fault, count)| (fault_name(fault), count)).collect();
        Shown { seed: self.seed, end: ending(outcome), steps, seconds, chain, faults, broken }
    }

    /// The first run, which ends when the power goes; or by itself, if it has no such step.
    async fn run_until_killed(
        self,
        simulated: &Simulated,
        desired: &Desired,
        manifests: &[Manifests],
        secrets: &CountedSecrets,
        record: &Record,
    ) -> Option<Outcome> {
        let killed = async {
            record.killed().await;
            sleep(KILL_DELAY).await;
        };
        tokio::select! {
            outcome = up(simulated, desired, manifests, secrets, record) => Some(outcome),
            () = killed => {
                record.power_went();
                None
            }
        }
    }

    async fn broken_promises(
        self,
        simulated: &Simulated,
        desired: &Desired,
        manifests: &[Manifests],
        secrets: &CountedSecrets,
        before: &[String],
    ) -> Vec<String> {
        let mut broken = Vec::new();
        let again = up(simulated, desired, manifests, secrets, &Record::new(None)).await;
        if again != (Outcome::Done { steps: 0 }) {
            broken.push(format!("a second run is not empty: {again:?}"));
        }
        if others(simulated.world(), desired) != before {
            broken.push("something that is not ours was touched".to_owned());
        }
        let tag = homelab_plan::plan::tag_of(&desired.home);
        let ours = simulated
            .world()
            .containers()
            .into_iter()
            .filter(|container| container.tags.split(';').any(|found| found == tag))
            .count();
        if ours != desired.home.nodes.len() {
            broken.push(format!("there are {ours} containers of ours for {} nodes", desired.home.nodes.len()));
        }
        broken
    }
}

/// Brings up the home of `world` for those who want to look at it afterwards.
pub async fn bring_up(world: &World, desired: &Desired, manifests: &[Manifests]) -> Ending {
    let simulated = Simulated::new(world.clone());
    ending(up(&simulated, desired, manifests, &CountedSecrets::default(), &Record::new(None)).await)
}

async fn up(
    simulated: &Simulated,
    desired: &Desired,
    manifests: &[Manifests],
    secrets: &CountedSecrets,
    record: &Record,
) -> Outcome {
    apply::up(&reach(simulated, credentials(&desired.home)), desired, manifests, secrets, record).await
}

/// What is not ours, as it is.
fn others(world: &World, desired: &Desired) -> Vec<String> {
    let tag = homelab_plan::plan::tag_of(&desired.home);
    let others =
        world.containers().into_iter().filter(|container| !container.tags.split(';').any(|found| found == tag));
    others.map(|container| format!("{container:?}")).collect()
}

fn outcome_is_done(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Done { .. })
}

fn ending(outcome: Outcome) -> Ending {
    match outcome {
        Outcome::Done { .. } => Ending::Done,
        Outcome::Missing(problems) => Ending::Missing(problems),
        Outcome::Stuck(failures) => Ending::Stuck(failures.into_iter().map(|failure| failure.sentence).collect()),
        Outcome::Blind(blind) => Ending::Stuck(vec![blind.to_string()]),
        Outcome::Interrupted => Ending::Stuck(vec!["it was interrupted".to_owned()]),
    }
}

/// A fault in words.
pub fn fault_name(fault: Fault) -> String {
    match fault {
        Fault::LostBefore => "connection refused",
        Fault::LostAfter => "answer lost",
        Fault::Slow => "slow answer",
        Fault::ProxmoxError => "Proxmox error",
        Fault::TicketEnds => "login expired",
        Fault::Locked => "container locked",
        Fault::TaskFails => "task failed",
        Fault::ShellDrops => "SSH dropped",
        Fault::Reboots => "container rebooted",
        Fault::DiskFull => "disk full",
        Fault::KubernetesError => "API server error",
        Fault::Conflict => "conflict",
        Fault::PodRestarts => "pod restarted",
        Fault::BadDownload => "bad download",
    }
    .to_owned()
}
