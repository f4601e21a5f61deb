//! Machines: from a container that runs to a node that is ready.

use super::action::Action;
use super::containers::Matched;
use super::desired::Desired;
use super::files;
use super::observed::{MachineSeen, Observed};
use super::step::Draft;
use crate::config::Node;
use crate::config::Role;

pub(super) fn steps(desired: &Desired, observed: &Observed, matched: &Matched<'_>, draft: &mut Draft) {
    let Some(first) = desired.first_server().map(|node| node.name.as_str().to_owned()) else { return };
    // The first server comes before all others; the others come side by side.
    let (firsts, others): (Vec<&Node>, Vec<&Node>) =
        desired.home.nodes.iter().partition(|node| node.name.as_str() == first);
    for node in firsts.into_iter().chain(others) {
        node_steps(desired, observed, matched, node, &first, draft);
    }
}

fn node_steps(
    desired: &Desired,
    observed: &Observed,
    matched: &Matched<'_>,
    node: &Node,
    first: &str,
    draft: &mut Draft,
) {
    let name = node.name.as_str();
    let id = |verb: &str| format!("{verb}-{name}");
    let is_new = !matched.nodes.contains_key(name);
    let seen = observed.machines.get(name).filter(|_| !is_new);
    let restarts = draft.has(&id("start")) || draft.has(&id("configure"));
    if seen.is_none() || restarts {
        draft.add(Action::MeetMachine { node: name.to_owned(), is_new }, &[&id("start"), &id("configure")]);
    }
    if seen.is_none() && !is_new {
        // What is in it can only be told once it answers: then there is another plan.
        draft.has_unknown = true;
        return;
    }
    let nothing = MachineSeen::default();
    let seen = seen.unwrap_or(&nothing);
    if !seen.has_shared_mount {
        draft.add(Action::PrepareMachine { node: name.to_owned() }, &[&id("meet")]);
    }
    // What the others join is known once the first server answers; then there is another plan.
    let is_first_silent = matched.nodes.contains_key(first) && !observed.machines.contains_key(first);
    if name != first && is_first_silent {
        return;
    }
    k3s_steps(desired, observed, seen, node, first, draft);
    if name == first && !observed.has_kubeconfig {
        save_kubeconfig(desired, &id("start-k3s"), draft);
    }
    let is_ready =
        observed.cluster.as_ref().and_then(|cluster| cluster.nodes.get(name)).is_some_and(|node| node.is_ready);
    if !is_ready || draft.has(&id("start-k3s")) || restarts {
        let meet = id("meet");
        draft.add(Action::AwaitNode { node: name.to_owned() }, &[&id("start-k3s"), &meet, "save-kubeconfig"]);
    }
}

fn k3s_steps(desired: &Desired, observed: &Observed, seen: &MachineSeen, node: &Node, first: &str, draft: &mut Draft) {
    let name = node.name.as_str();
    let id = |verb: &str| format!("{verb}-{name}");
    let version = desired.home.k3s.version.to_string();
    // Another version that is there already is moved by `homelab upgrade`, in its own order.
    if seen.k3s.version.is_none() {
        if !draft.has("fetch-k3s") {
            draft.add(Action::FetchK3s { version: version.clone() }, &[]);
        }
        draft.add(Action::InstallK3s { node: name.to_owned(), version }, &["fetch-k3s", &id("meet")]);
    }
    let config = files::config(desired, node, files::snapshotter(desired, seen.can_overlay));
    let is_configured = seen.k3s.config.as_deref() == Some(config.as_str())
        && seen.k3s.has_token
        && seen.k3s.unit.as_deref() == Some(files::unit(node.role).as_str());
    // Others need the token that the first server made.
    let token = if name == first { String::new() } else { format!("start-k3s-{first}") };
    if !is_configured {
        draft.add(Action::ConfigureK3s { node: name.to_owned() }, &[&id("prepare"), &id("meet"), &token]);
    }
    // Known to the cluster, and K3s was never on this machine: the one that the cluster knows is gone.
    let is_known = observed.cluster.as_ref().is_some_and(|cluster| cluster.nodes.contains_key(name));
    if is_known && seen.k3s.config.is_none() {
        draft.add(Action::ForgetNode { node: name.to_owned() }, &[]);
    }
    if !is_configured || !seen.k3s.is_active || !seen.k3s.is_enabled {
        let is_restart = seen.k3s.is_active;
        let after = [&id("configure-k3s"), &id("install-k3s"), &id("meet"), &id("prepare"), &id("forget"), &token];
        draft.add(Action::StartK3s { node: name.to_owned(), is_restart }, &after.map(String::as_str));
    }
}

fn save_kubeconfig(desired: &Desired, start: &str, draft: &mut Draft) {
    draft.add(Action::SaveKubeconfig { context: desired.home.cluster.name.as_str().to_owned() }, &[start]);
}

/// Versions that differ from the file's.
pub(super) fn notes(desired: &Desired, observed: &Observed) -> Vec<String> {
    let wanted = desired.home.k3s.version.to_string();
    let differing = observed.machines.iter().filter_map(|(name, machine)| {
        let version = machine.k3s.version.as_ref().filter(|version| **version != wanted)?;
        Some(format!("`{name}` has K3s {version} and the file says {wanted}: `homelab upgrade` moves it"))
    });
    let servers = desired.home.nodes.iter().filter(|node| node.role == Role::Server).count();
    let lonely = (servers == 1 && !desired.has_etcd())
        .then(|| "the one server keeps its state in SQLite, which takes no snapshots of its own".to_owned());
    differing.chain(lonely).collect()
}
