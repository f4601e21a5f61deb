//! One round: the steps of one plan, each as soon as those before it are done.

use std::collections::BTreeSet;

use futures_util::stream::{FuturesUnordered, StreamExt as _};
use homelab_plan::plan::{Action, Plan, Step};

use super::context::{Context, Listener, Moment};
use super::failure::{Failure, StepError};
use super::{cluster_steps, container_steps, machine_steps};

/// What a round left.
#[derive(Debug, Default)]
pub(super) struct Round {
    pub(super) done: usize,
    pub(super) failures: Vec<Failure>,
    pub(super) was_interrupted: bool,
}

/// Carries out what can be. Steps after one that failed are not begun; the others go on.
pub(super) async fn carry_out(context: &Context<'_>, plan: &Plan, listener: &dyn Listener) -> Round {
    let mut round = Round::default();
    let mut done: BTreeSet<String> = BTreeSet::new();
    let mut waiting: Vec<&Step> = plan.steps.iter().collect();
    let mut running = FuturesUnordered::new();
    loop {
        round.was_interrupted |= listener.wants_to_stop();
        if !round.was_interrupted {
            let (ready, later): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|step| step.after.is_subset(&done));
            waiting = later;
            for step in ready {
                listener.hear(Moment::Began(step));
                running.push(async move { (step, run(context, step, listener).await) });
            }
        }
        let Some((step, outcome)) = running.next().await else { return round };
        match outcome {
            Ok(()) => {
                listener.hear(Moment::Done(step));
                round.done += 1;
                done.insert(step.action.id());
            }
            Err(error) => {
                let failure = error.failure(&step.action);
                listener.hear(Moment::Failed(step, &failure));
                round.failures.push(failure);
            }
        }
    }
}

/// The table of contents: which action is which function.
async fn run(context: &Context<'_>, step: &Step, listener: &dyn Listener) -> Result<(), StepError> {
    let waits = |what: String| listener.hear(Moment::Waits(step, what));
    match &step.action {
        Action::DownloadTemplate { storage, template } => {
            container_steps::download_template(context, storage, template).await
        }
        Action::CreateContainer { vmid, template, spec } => {
            container_steps::create(context, *vmid, template, spec).await
        }
        Action::ConfigureContainer { vmid, spec, changes, needs_restart, .. } => {
            container_steps::configure(context, *vmid, spec, changes, *needs_restart).await
        }
        Action::GrowDisk { vmid, to, .. } => container_steps::grow_disk(context, *vmid, *to).await,
        Action::StartContainer { vmid, .. } => container_steps::start(context, *vmid).await,
        Action::MeetMachine { node, is_new } => machine_steps::meet(context, node, *is_new, &waits).await,
        Action::PrepareMachine { node } => machine_steps::prepare(context, node).await,
        Action::FetchK3s { version } => machine_steps::fetch_k3s(context, version).await,
        Action::InstallK3s { node, version } => machine_steps::install_k3s(context, node, version).await,
        Action::ConfigureK3s { node } => machine_steps::configure_k3s(context, node).await,
        Action::StartK3s { node, .. } => machine_steps::start_k3s(context, node).await,
        Action::ForgetNode { node } => cluster_steps::forget_node(context, node).await,
        Action::AwaitNode { node } => cluster_steps::await_node(context, node, &waits).await,
        Action::SaveKubeconfig { context: name } => cluster_steps::save_kubeconfig(context, name).await,
        Action::MakeSecret { secret } => cluster_steps::make_secret(context, secret).await,
        Action::ApplyComponent { component, .. } => cluster_steps::apply_component(context, component).await,
        Action::AwaitComponent { component } => cluster_steps::await_component(context, component, &waits).await,
    }
}
