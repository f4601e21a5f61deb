//! Addresses and numbers: each once, in the right network, and none that is the network's own.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Checked;
use crate::config::value::{Address, Network, Vmid};
use crate::diagnostic::Diagnostic;

pub(super) fn check(checked: &Checked<'_>, found: &mut Vec<Diagnostic>) {
    numbers(checked, found);
    let is_refused = |path: &&str| checked.places.is_refused(path);
    if ["network", "network.subnet", "network.gateway", "k3s.pod_network", "k3s.service_network"].iter().any(is_refused)
    {
        return; // What is in which network is not known.
    }
    networks(checked, found);
    gateway(checked, found);
    machines(checked, found);
}

/// The networks of pods, of services and at home have nothing in common.
fn networks(checked: &Checked<'_>, found: &mut Vec<Diagnostic>) {
    let home = checked.home;
    let all = [
        ("network.subnet", "the network at home", home.network.subnet),
        ("k3s.pod_network", "the network of pods", home.k3s.pod_network),
        ("k3s.service_network", "the network of services", home.k3s.service_network),
    ];
    for (second, (path, what, network)) in all.iter().enumerate() {
        for (first_path, first_what, first_network) in &all[..second] {
            let (place, first_place) = (checked.places.get(path), checked.places.get(first_path));
            if !network.overlaps(*first_network) {
                continue;
            }
            // One of both may be a default, which has no place.
            let Some(at) = place.clone().or_else(|| first_place.clone()) else { continue };
            let message = format!("{what} `{network}` overlaps with {first_what} `{first_network}`");
            let diagnostic = Diagnostic::at(at, message, "answers would go to the wrong one");
            let diagnostic = match (place.is_some(), first_place) {
                (true, Some(first_place)) => diagnostic.and(first_place, *first_what),
                _ => diagnostic,
            };
            let taken = all.iter().filter(|(other, ..)| other != path).map(|(.., network)| *network);
            found.push(match free_network(taken.collect()) {
                Some(free) if place.is_some() && *path != "network.subnet" => {
                    diagnostic.help(format!("`{free}` is free")).fix(format!("\"{free}\""))
                }
                Some(free) => diagnostic.help(format!("set `{path} = \"{free}\"`")),
                None => diagnostic,
            });
        }
    }
}

/// A network of the usual size for pods or services that overlaps with none of these.
fn free_network(taken: Vec<Network>) -> Option<Network> {
    let candidates = (42..=255).filter_map(|second| Network::new([10, second, 0, 0].into(), 16));
    candidates.into_iter().find(|candidate| !taken.iter().any(|network| network.overlaps(*candidate)))
}

fn gateway(checked: &Checked<'_>, found: &mut Vec<Diagnostic>) {
    let (subnet, gateway) = (checked.home.network.subnet, checked.home.network.gateway);
    let Some(place) = checked.places.get("network.gateway").or_else(|| checked.places.get("network.subnet")) else {
        return;
    };
    if subnet.has_host(gateway) {
        return;
    }
    let message = format!("the gateway `{gateway}` is no address of a machine in `{subnet}`");
    let diagnostic = Diagnostic::at(place, message, "nodes could not reach it");
    found.push(match (subnet.hosts().next(), checked.places.get("network.gateway")) {
        (Some(first), Some(_)) => {
            diagnostic.help(format!("routers often have the first: `{first}`")).fix(format!("\"{first}\""))
        }
        (Some(first), None) => diagnostic.help(format!("add `gateway = \"{first}\"`, or whatever the router has")),
        (None, _) => diagnostic,
    });
}

fn machines(checked: &Checked<'_>, found: &mut Vec<Diagnostic>) {
    let home = checked.home;
    let subnet = home.network.subnet;
    let gateway_place = checked.places.get("network.gateway");
    let mut taken: BTreeMap<Address, (Range<usize>, &str)> = BTreeMap::new();
    if let (Ok(host), Some(place)) = (home.proxmox.url.host.parse(), checked.places.get("proxmox.url")) {
        taken.insert(host, (place, "the Proxmox host has it"));
    }
    let wanted: Vec<(String, Address, bool)> = addresses(checked).collect();
    let is_free = |address: &Address| {
        *address != home.network.gateway
            && home.proxmox.url.host.parse() != Ok(*address)
            && !home.network.dns.contains(address)
            && !wanted.iter().any(|(_, other, _)| other == address)
    };
    for (path, address, is_node) in &wanted {
        let Some(place) = checked.places.get(path) else { continue };
        let problem = if is_node & !subnet.contains(*address) {
            Some((format!("`{address}` is not in `{subnet}`, the network at home"), "nodes could not reach each other"))
        } else if *is_node && !subnet.has_host(*address) {
            let what =
                if *address == subnet.first() { "the address of the network itself" } else { "the broadcast address" };
            Some((format!("`{address}` is {what}"), "no machine can have it"))
        } else if *address == home.network.gateway {
            Some((format!("`{address}` is the gateway"), "taken by the router"))
        } else if taken.contains_key(address) {
            Some((format!("the address `{address}` is used twice"), "used again here"))
        } else {
            taken.insert(*address, (place.clone(), "first used here"));
            None
        };
        let Some((message, label)) = problem else { continue };
        let mut diagnostic = Diagnostic::at(place, message, label);
        if let Some(gateway) = gateway_place.clone().filter(|_| *address == home.network.gateway) {
            diagnostic = diagnostic.and(gateway, "the gateway");
        } else if let Some((first, words)) = taken.get(address) {
            diagnostic = diagnostic.and(first.clone(), *words);
        } else if let Some(subnet) = checked.places.get("network.subnet") {
            diagnostic = diagnostic.and(subnet, "the network at home");
        }
        found.push(match free_address(subnet, *address, is_free) {
            Some(free) => diagnostic.help(format!("`{free}` is free in this file")).fix(format!("\"{free}\"")),
            None => diagnostic,
        });
    }
}

/// Every address of a machine in the file, and whether it is a node.
fn addresses<'a>(checked: &'a Checked<'_>) -> impl Iterator<Item = (String, Address, bool)> + 'a {
    let nodes =
        checked.home.nodes.iter().enumerate().map(|(at, node)| (format!("nodes[{at}].address"), node.address, true));
    let guests = checked.home.guests.iter().enumerate();
    let guests = guests.filter_map(|(at, guest)| Some((format!("guests[{at}].address"), guest.address?, false)));
    nodes.chain(guests)
}

/// A free address for a machine: the one that ends alike, else the next one, else the first. Few are taken, so few are
/// looked at.
fn free_address(subnet: Network, after: Address, is_free: impl Fn(&Address) -> bool) -> Option<Address> {
    let most = crate::limits::LIST_ITEMS_MAX * 3 + 3;
    let first = u64::from(subnet.ending_like(after).0.to_bits());
    let upwards = (first..).take(most).filter_map(|bits| Some(Address(u32::try_from(bits).ok()?.into())));
    upwards.chain(subnet.hosts().take(most)).find(|address| subnet.has_host(*address) && is_free(address))
}

/// Numbers in Proxmox.
fn numbers(checked: &Checked<'_>, found: &mut Vec<Diagnostic>) {
    let nodes = checked.home.nodes.iter().enumerate().map(|(at, node)| (format!("nodes[{at}].vmid"), node.vmid));
    let guests = checked.home.guests.iter().enumerate().map(|(at, guest)| (format!("guests[{at}].vmid"), guest.vmid));
    let wanted: Vec<(String, Vmid)> = nodes.chain(guests).filter_map(|(path, vmid)| Some((path, vmid?))).collect();
    let mut taken: BTreeMap<Vmid, Range<usize>> = BTreeMap::new();
    for (path, vmid) in &wanted {
        let Some(place) = checked.places.get(path) else { continue };
        let Some(first) = taken.get(vmid) else {
            taken.insert(*vmid, place);
            continue;
        };
        let diagnostic = Diagnostic::at(place, format!("the Proxmox number {vmid} is used twice"), "used again here");
        let diagnostic = diagnostic.and(first.clone(), "first used here");
        let free =
            (vmid.get() + 1..=999_999_999).find(|number| !wanted.iter().any(|(_, other)| other.get() == *number));
        found.push(match free {
            Some(free) => diagnostic.help(format!("{free} is free in this file")).fix(free.to_string()),
            None => diagnostic,
        });
    }
}
