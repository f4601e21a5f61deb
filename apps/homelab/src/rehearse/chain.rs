//! How long each step takes by the table of assumed times, and the longest chain of steps with it.

use std::time::Duration;

use homelab_plan::config::Role;
use homelab_plan::plan::{Action, Desired, Plan};
use homelab_sim::latency;
use serde::Serialize;

/// One step of a chain.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Link {
    /// Its name.
    pub step: String,
    /// How long it takes.
    pub seconds: f64,
}

/// The longest chain of steps that wait for each other, without those that are over in a moment.
pub fn longest_chain(plan: &Plan, desired: &Desired) -> Vec<Link> {
    let chain = plan.longest_chain(|action| time(action, desired));
    let links = chain.steps.into_iter().filter_map(|id| {
        let step = plan.steps.iter().find(|step| step.action.id() == id)?;
        Some(Link { step: id, seconds: time(&step.action, desired).as_secs_f64() })
    });
    links.filter(|link| link.seconds > 0.0).collect()
}

/// What a step takes. Nothing is added for calls and for looking: those are what a bring-up may take beyond its chain.
fn time(action: &Action, desired: &Desired) -> Duration {
    let is_server =
        |name: &str| desired.home.nodes.iter().any(|node| node.name.as_str() == name && node.role == Role::Server);
    match action {
        Action::DownloadTemplate { .. } => latency::TEMPLATE_DOWNLOAD,
        Action::CreateContainer { .. } => latency::CONTAINER_CREATE,
        Action::ConfigureContainer { needs_restart: true, .. } => latency::CONTAINER_REBOOT,
        Action::GrowDisk { .. } => latency::DISK_GROW,
        Action::StartContainer { .. } => latency::CONTAINER_START,
        Action::MeetMachine { is_new: true, .. } => latency::CONTAINER_BOOT,
        Action::FetchK3s { .. } => latency::K3S_DOWNLOAD,
        Action::InstallK3s { .. } => latency::K3S_COPY,
        Action::StartK3s { node, .. } if is_server(node) => latency::K3S_SERVER,
        Action::StartK3s { .. } => latency::K3S_AGENT,
        // A server's unit is called started when its node is there; an agent's before it has begun.
        Action::AwaitNode { node } if !is_server(node) => latency::K3S_JOIN - latency::K3S_AGENT,
        Action::AwaitComponent { component } => latency::CONTROLLER + component_time(component),
        Action::ConfigureContainer { .. }
        | Action::MeetMachine { .. }
        | Action::PrepareMachine { .. }
        | Action::ConfigureK3s { .. }
        | Action::ForgetNode { .. }
        | Action::AwaitNode { .. }
        | Action::SaveKubeconfig { .. }
        | Action::MakeSecret { .. }
        | Action::ApplyComponent { .. } => Duration::ZERO,
    }
}

fn component_time(component: &str) -> Duration {
    match component {
        "argocd" => latency::CHART_JOB + latency::ARGOCD_POD,
        "postgres" => latency::POSTGRES_POD,
        _ => latency::POD,
    }
}
