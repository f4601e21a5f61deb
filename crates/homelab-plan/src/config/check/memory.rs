//! Memory and disks: in steps that Proxmox has, enough for each, and not more than there is.

use super::Checked;
use crate::bytes::Bytes;
use crate::capacity::capacity;
use crate::config::value::Role;
use crate::diagnostic::Diagnostic;

/// The least that K3s's documentation asks for, in its "requirements".
const SERVER_MEMORY_MIN: Bytes = Bytes::gib(2);
const AGENT_MEMORY_MIN: Bytes = Bytes::mib(512);

/// The system, K3s and the images of the platform need this much before the first service comes.
const DISK_MIN: Bytes = Bytes::gib(8);

/// What is wrong with one value by itself.
pub(super) fn check_each(checked: &Checked<'_>, found: &mut Vec<Diagnostic>) {
    for (at, node) in checked.home.nodes.iter().enumerate() {
        let least = if node.role == Role::Server { SERVER_MEMORY_MIN } else { AGENT_MEMORY_MIN };
        if let Some(place) = checked.places.get(&format!("nodes[{at}].memory")) {
            if node.memory.whole_mib().is_none() {
                let nearest = Bytes::mib(node.memory.full_mib());
                let message = format!("`{}` is no whole number of MiB, in which Proxmox counts memory", node.memory);
                found.push(step_problem(place, message, node.memory, nearest));
            } else if node.memory < least {
                let message = format!("`{}` is too little for a K3s {}", node.memory, node.role);
                let help = format!("K3s asks for at least {}", least.to_words());
                found.push(Diagnostic::at(place, message, "").help(help).fix(format!("\"{least}\"")));
            }
        }
        if let Some(place) = checked.places.get(&format!("nodes[{at}].disk")) {
            if node.disk.whole_gib().is_none() {
                let nearest = Bytes::gib(node.disk.get() >> 30);
                let message = format!("`{}` is no whole number of GiB, in which disks grow here", node.disk);
                found.push(step_problem(place, message, node.disk, nearest));
            } else if node.disk < DISK_MIN {
                let message = format!("`{}` is too little for the system, K3s and its images", node.disk);
                found.push(
                    Diagnostic::at(place, message, "")
                        .help(format!("at least `{DISK_MIN}`"))
                        .fix(format!("\"{DISK_MIN}\"")),
                );
            }
        }
    }
}

/// `6GB` was most likely meant as `6GiB`; anything else becomes the next smaller step.
fn step_problem(place: std::ops::Range<usize>, message: String, given: Bytes, smaller: Bytes) -> Diagnostic {
    let written = given.to_string();
    let meant = written.strip_suffix("GB").and_then(|number| number.parse().ok()).map(Bytes::gib);
    let fix = meant.unwrap_or(smaller);
    let help = match meant {
        Some(meant) => format!("`{meant}` was most likely meant; `{given}` is {}", smaller.to_words()),
        None => format!("write `{smaller}`"),
    };
    Diagnostic::at(place, message, "").help(help).fix(format!("\"{fix}\""))
}

/// What does not fit together.
pub(super) fn check_sums(checked: &Checked<'_>, found: &mut Vec<Diagnostic>) {
    host(checked, found);
    reservations(checked, found);
    if found.is_empty() {
        platform(checked, found);
    }
}

/// What is kept from pods leaves something for them.
fn reservations(checked: &Checked<'_>, found: &mut Vec<Diagnostic>) {
    let (home, reserved) = (checked.home, &checked.home.reserved);
    for (at, node) in home.nodes.iter().enumerate() {
        let (key, k3s) = match node.role {
            Role::Server => ("reserved.server", reserved.server),
            Role::Agent => ("reserved.agent", reserved.agent),
        };
        let sum = k3s + reserved.system + reserved.eviction;
        let Some(place) = checked.places.get(&format!("nodes[{at}].memory")).filter(|_| sum >= node.memory) else {
            continue;
        };
        let message = format!(
            "`{}` has {}, and {} of it are reserved: nothing is left for pods",
            node.name,
            node.memory.to_words(),
            sum.to_words()
        );
        let mut diagnostic = Diagnostic::at(place, message, "");
        for (key, what) in [(key, "for K3s"), ("reserved.system", "for the system"), ("reserved.eviction", "kept free")]
        {
            if let Some(place) = checked.places.get(key) {
                diagnostic = diagnostic.and(place, what);
            }
        }
        found.push(diagnostic.help("give the node more memory, or reserve less"));
    }
}

/// The pods of the platform find their places. The first that does not is the largest; with it, the others are mended too.
fn platform(checked: &Checked<'_>, found: &mut Vec<Diagnostic>) {
    if let Some(unplaced) = capacity(checked.home, &[], &[]).unplaced.first() {
        // Where the size is a default, the first node's memory is what can be changed.
        let places = [unplaced.key.unwrap_or("nodes[0].memory"), "nodes[0].memory"];
        let place = places.iter().find_map(|path| checked.places.get(path)).unwrap_or(checked.end..checked.end);
        let message = format!("`{}` fits on no node where it may run: {}", unplaced.pod, unplaced.reason);
        let help = "give the node more memory, or this less; `homelab capacity` shows who asks for what";
        found.push(Diagnostic::at(place, message, "does not fit").help(help));
    }
}

/// Everything on the host together.
fn host(checked: &Checked<'_>, found: &mut Vec<Diagnostic>) {
    let home = checked.home;
    let (Some(host), Some(place)) = (home.proxmox.memory, checked.places.get("proxmox.memory")) else { return };
    let nodes: Bytes = home.nodes.iter().map(|node| node.memory).sum();
    let guests: Bytes = home.guests.iter().filter_map(|guest| guest.memory).sum();
    if nodes + guests <= host {
        return;
    }
    let sum = match guests {
        Bytes::ZERO => format!("the nodes have {} together", nodes.to_words()),
        _ => format!("the nodes have {} and the guests {} together", nodes.to_words(), guests.to_words()),
    };
    let mut diagnostic = Diagnostic::at(place, format!("{sum}, and the host has {}", host.to_words()), "the host");
    for at in 0..home.nodes.len() {
        if let Some(node) = checked.places.get(&format!("nodes[{at}].memory")) {
            diagnostic = diagnostic.and(node, format!("{} of it", home.nodes[at].memory.to_words()));
        }
    }
    found.push(diagnostic.help("give the nodes less, or leave `memory` of the host away to accept the risk"));
}
