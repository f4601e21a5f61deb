//! What others hold already: numbers, addresses, names, and our context in the kubeconfig.

use crate::config::{Node, Vmid};
use crate::plan::containers::Matched;
use crate::plan::desired::{Desired, tag_of};
use crate::plan::observed::{ContainerSeen, Observed};

pub(super) fn problems(
    desired: &Desired,
    observed: &Observed,
    matched: &Matched<'_>,
    missing: &mut impl FnMut(String, String),
) {
    for node in &desired.home.nodes {
        let seen = matched.nodes.get(node.name.as_str()).copied();
        let is_other = |container: &&ContainerSeen| seen.is_none_or(|seen| seen.vmid != container.vmid);
        for other in observed.containers.iter().filter(is_other) {
            with_other(desired, node, seen, other, missing);
        }
        match seen {
            Some(seen) => unchangeable(desired, node, seen, missing),
            None => number_of_nobody(observed, node, missing),
        }
    }
    kubeconfig(desired, observed, matched, missing);
}

fn with_other(
    desired: &Desired,
    node: &Node,
    seen: Option<&ContainerSeen>,
    other: &ContainerSeen,
    missing: &mut impl FnMut(String, String),
) {
    let (name, tag) = (node.name.as_str(), tag_of(&desired.home));
    let whose = format!("container {} `{}`", other.vmid, other.name);
    if seen.is_none() && other.name == name && !other.tags.contains(&tag) {
        // One sentence: whoever has the name may well have the number and the address too.
        return missing(
            format!("{whose} is called like the node `{name}` and does not carry the tag `{tag}`"),
            format!("rename one of them; or, if it is yours, `pct set {} --tags {tag}`", other.vmid),
        );
    }
    if other.address == Some(node.address.0) {
        missing(
            format!("{whose} has the address {} of `{name}`", node.address),
            format!("give `{name}` another `address` in homelab.toml"),
        );
    }
    if seen.is_none() && node.vmid.is_some_and(|vmid| vmid.get() == other.vmid) {
        missing(
            format!("the number {} of `{name}` is taken by `{}`", other.vmid, other.name),
            format!("give `{name}` another `vmid` in homelab.toml, or none: then the next free one is taken"),
        );
    }
}

/// A number that turned out to be taken, by a virtual machine or by a guest that our login may not see.
fn number_of_nobody(observed: &Observed, node: &Node, missing: &mut impl FnMut(String, String)) {
    let Some(vmid) = node.vmid.map(Vmid::get) else { return };
    let is_shown = observed.containers.iter().any(|container| container.vmid == vmid);
    if observed.taken_vmids.contains(&vmid) && !is_shown {
        let name = node.name.as_str();
        missing(
            format!(
                "the number {vmid} of `{name}` is taken by a virtual machine, or by a guest that this login may not see"
            ),
            format!("give `{name}` another `vmid` in homelab.toml, or none: then the next free one is taken"),
        );
    }
}

fn unchangeable(desired: &Desired, node: &Node, seen: &ContainerSeen, missing: &mut impl FnMut(String, String)) {
    let name = node.name.as_str();
    if !seen.is_unprivileged {
        missing(
            format!("container {} `{name}` is privileged, and that cannot be changed", seen.vmid),
            format!("`homelab node remove {name}`, then `homelab up` makes it anew"),
        );
    }
    if seen.disk > desired.container(node).disk {
        missing(
            format!("the disk of `{name}` has {}, and disks do not shrink to {}", seen.disk, node.disk),
            format!("set `disk = \"{}\"` for `{name}` in homelab.toml", seen.disk),
        );
    }
}

fn kubeconfig(desired: &Desired, observed: &Observed, matched: &Matched<'_>, missing: &mut impl FnMut(String, String)) {
    if !observed.has_foreign_kubeconfig {
        return;
    }
    let name = desired.home.cluster.name.as_str();
    let rename = format!("rename it with `kubectl config rename-context {name} NEW`");
    // The cluster's name is on its containers: once they are there, it stays.
    let hint = match matched.nodes.is_empty() {
        true => format!("{rename}, or give this cluster another `cluster.name` in homelab.toml"),
        false => rename,
    };
    missing(format!("the context `{name}` of your kubeconfig belongs to another cluster"), hint);
}
