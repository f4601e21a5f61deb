//! Containers: which are ours, and what each lacks.

use std::collections::{BTreeMap, BTreeSet};

use super::action::{Action, Change};
use super::desired::{ContainerSpec, Desired, tag_of};
use super::observed::{ContainerSeen, Observed};
use super::step::Draft;
use crate::bytes::Bytes;
use crate::config::{Node, Vmid};

/// Where Proxmox begins to count.
const FIRST_VMID: u32 = 100;

/// Which container is which node.
pub(super) struct Matched<'a> {
    /// By node name.
    pub(super) nodes: BTreeMap<String, &'a ContainerSeen>,
    /// Ours, and no node of the file.
    pub(super) surplus: Vec<&'a ContainerSeen>,
    /// Not ours.
    pub(super) foreign: Vec<&'a ContainerSeen>,
}

/// Ours are those with our tag; names and numbers may have been changed by hand.
pub(super) fn matched<'a>(desired: &Desired, observed: &'a Observed) -> Matched<'a> {
    let tag = tag_of(&desired.home);
    let (mut ours, foreign): (Vec<_>, Vec<_>) =
        observed.containers.iter().partition(|container| container.tags.contains(&tag));
    let mut nodes = BTreeMap::new();
    let marks: [fn(&Node, &ContainerSeen) -> bool; 3] = [
        |node, seen| node.name.as_str() == seen.name,
        |node, seen| seen.address == Some(node.address.0),
        |node, seen| node.vmid.is_some_and(|vmid| vmid.get() == seen.vmid),
    ];
    for is_same in marks {
        for node in &desired.home.nodes {
            let name = node.name.as_str();
            if let Some(place) = ours.iter().position(|seen| is_same(node, seen)).filter(|_| !nodes.contains_key(name))
            {
                nodes.insert(name.to_owned(), ours.remove(place));
            }
        }
    }
    Matched { nodes, surplus: ours, foreign }
}

/// What belongs to somebody else.
pub(super) fn left_alone(matched: &Matched<'_>) -> Vec<(u32, String)> {
    matched.foreign.iter().map(|container| (container.vmid, container.name.clone())).collect()
}

/// What is ours and is in nobody's way.
pub(super) fn notes(matched: &Matched<'_>) -> Vec<String> {
    let surplus = matched.surplus.iter().map(|container| {
        format!(
            "container {} `{}` is ours and no node of the file: `homelab node remove {}` drains and removes it",
            container.vmid, container.name, container.name
        )
    });
    surplus.collect()
}

pub(super) fn steps(desired: &Desired, observed: &Observed, matched: &Matched<'_>, draft: &mut Draft) {
    let mut taken: BTreeSet<u32> = observed.containers.iter().map(|container| container.vmid).collect();
    taken.extend(&observed.taken_vmids);
    taken.extend(desired.home.nodes.iter().filter_map(|node| node.vmid).map(Vmid::get));
    taken.extend(desired.home.guests.iter().filter_map(|guest| guest.vmid).map(Vmid::get));
    for node in &desired.home.nodes {
        let spec = desired.container(node);
        match matched.nodes.get(&spec.name) {
            Some(seen) => mend(&spec, seen, draft),
            None => create(desired, observed, spec, &mut taken, draft),
        }
    }
}

fn create(desired: &Desired, observed: &Observed, spec: ContainerSpec, taken: &mut BTreeSet<u32>, draft: &mut Draft) {
    let Some(template) = template(desired, observed) else { return };
    let storage = desired.home.container.template_storage.as_str();
    let volume = format!("{storage}:vztmpl/{template}");
    let is_there = observed.storage(storage).is_some_and(|storage| storage.templates.contains(&volume));
    if !is_there && !draft.has("download-template") {
        draft.add(Action::DownloadTemplate { storage: storage.to_owned(), template }, &[]);
    }
    let vmid = spec.vmid.unwrap_or_else(|| (FIRST_VMID..).find(|vmid| !taken.contains(vmid)).unwrap_or(FIRST_VMID));
    taken.insert(vmid);
    let name = spec.name.clone();
    draft.add(Action::CreateContainer { vmid, template: volume, spec: Box::new(spec) }, &["download-template"]);
    draft.add(Action::StartContainer { node: name.clone(), vmid }, &[&format!("create-{name}")]);
}

/// The newest template whose name begins as the file says: among those on the storage first, then among those to be had.
pub(super) fn template(desired: &Desired, observed: &Observed) -> Option<String> {
    let wanted = desired.home.container.template.to_string();
    let storage = observed.storage(desired.home.container.template_storage.as_str());
    let there = storage.into_iter().flat_map(|storage| &storage.templates);
    let there = there.filter_map(|volume| volume.split_once("vztmpl/")).map(|(_, name)| name);
    let to_be_had = observed.host.appliances.iter().map(|appliance| appliance.template.as_str());
    let newest = |names: Vec<&str>| names.into_iter().filter(|name| name.starts_with(&wanted)).max().map(str::to_owned);
    newest(there.collect()).or_else(|| newest(to_be_had.collect()))
}

fn mend(spec: &ContainerSpec, seen: &ContainerSeen, draft: &mut Draft) {
    let node = spec.name.clone();
    let changes = changes(spec, seen);
    let configure = format!("configure-{node}");
    if !changes.is_empty() {
        let needs_restart = seen.is_running && changes.iter().any(|change| WAITS_FOR_RESTART.contains(&change.setting));
        let spec = Box::new(spec.clone());
        draft
            .add(Action::ConfigureContainer { node: node.clone(), vmid: seen.vmid, spec, changes, needs_restart }, &[]);
    }
    if seen.disk < spec.disk {
        draft.add(
            Action::GrowDisk { node: node.clone(), vmid: seen.vmid, from: seen.disk, to: spec.disk },
            &[&configure],
        );
    }
    if !seen.is_running {
        let grow = format!("grow-disk-{node}");
        draft.add(Action::StartContainer { node, vmid: seen.vmid }, &[&configure, &grow]);
    }
}

/// Settings that a running container takes over at its next start only (`vmconfig_hotplug_pending` in
/// `src/PVE/LXC/Config.pm` of pve-container).
const WAITS_FOR_RESTART: &[&str] = &["features"];

/// What differs. Text of Proxmox is never compared with text of ours: it saves its values in an order of its own.
fn changes(spec: &ContainerSpec, seen: &ContainerSeen) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut compare = |setting, from: String, to: String| {
        if from != to {
            changes.push(Change { setting, from, to });
        }
    };
    let shown = |value: Option<String>| value.unwrap_or_else(|| "none".to_owned());
    compare("hostname", seen.name.clone(), spec.name.clone());
    compare("cores", shown(seen.cores.map(|cores| cores.to_string())), spec.cores.to_string());
    compare("memory", seen.memory.to_string(), spec.memory.to_string());
    compare("swap", seen.swap.to_string(), Bytes::ZERO.to_string());
    compare(
        "net0",
        network(seen),
        format!("{}/{} via {} on {}{}", spec.address, spec.prefix, spec.gateway, spec.bridge, vlan(spec.vlan)),
    );
    compare("features", joined(seen.pending_features.as_ref().unwrap_or(&seen.features)), joined(&spec.features));
    compare("onboot", yes(seen.starts_on_boot), yes(spec.starts_on_boot));
    compare("startup", shown(seen.startup_order.map(|order| order.to_string())), spec.startup_order.to_string());
    changes
}

fn network(seen: &ContainerSeen) -> String {
    match (seen.address, seen.prefix, seen.gateway, &seen.bridge) {
        (Some(address), Some(prefix), Some(gateway), Some(bridge)) => {
            format!("{address}/{prefix} via {gateway} on {bridge}{}", vlan(seen.vlan))
        }
        _ => "another".to_owned(),
    }
}

fn vlan(tag: Option<u32>) -> String {
    tag.map(|tag| format!(" VLAN {tag}")).unwrap_or_default()
}

fn joined(names: &BTreeSet<String>) -> String {
    if names.is_empty() { "none".to_owned() } else { names.iter().cloned().collect::<Vec<_>>().join("+") }
}

fn yes(is_so: bool) -> String {
    if is_so { "yes" } else { "no" }.to_owned()
}
