//! Names: each once, and none that means something already.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Checked;
use crate::config::value::Name;
use crate::diagnostic::Diagnostic;

/// Names that no machine may have, with what they mean already.
const RESERVED_FOR_MACHINES: &[(&str, &str)] = &[
    ("localhost", "every machine calls itself that"),
    ("kubernetes", "the cluster calls its own API that"),
    ("gateway", "routers call themselves that"),
];

/// Names that no service may have, since its namespace would be one that exists already.
const RESERVED_FOR_SERVICES: &[(&str, &str)] = &[
    ("argocd", "Argo CD lives in that namespace"),
    ("default", "Kubernetes has a namespace of that name"),
    ("kubernetes", "the cluster calls its own API that"),
    ("localhost", "every machine calls itself that"),
    ("postgres", "the shared database is called that"),
    ("shared", "what services share lives in that namespace"),
    ("valkey", "the shared cache is called that"),
];

/// Why a service may not have this name, if it may not.
pub fn reserved_for_services(name: &Name) -> Option<&'static str> {
    if name.as_str().starts_with("kube-") {
        return Some("Kubernetes keeps names that start with `kube-` for itself");
    }
    RESERVED_FOR_SERVICES.iter().find(|(reserved, _)| *reserved == name.as_str()).map(|(_, why)| *why)
}

pub(super) fn check(checked: &Checked<'_>, found: &mut Vec<Diagnostic>) {
    let home = checked.home;
    if let Some(place) = checked.places.get("cluster.name")
        && home.cluster.name.as_str() == "default"
    {
        let message =
            "the cluster cannot be called `default`: K3s calls every cluster that, and the contexts would be mixed up";
        found.push(Diagnostic::at(place, message, "").help("call it `home`").fix("\"home\""));
    }
    let mut taken: BTreeMap<&Name, Range<usize>> = BTreeMap::new();
    for (path, name) in machines(checked) {
        let Some(place) = checked.places.get(&path) else { continue };
        let reserved = RESERVED_FOR_MACHINES.iter().find(|(reserved, _)| *reserved == name.as_str());
        if let Some((_, why)) = reserved {
            found.push(Diagnostic::at(
                place,
                format!("no machine can be called `{name}`: {why}"),
                "choose another name",
            ));
        } else if name.as_str() == home.proxmox.node.as_str() {
            let message = format!("`{name}` is the name of the Proxmox host itself");
            let diagnostic = Diagnostic::at(place, message, "choose another name");
            found.push(match checked.places.get("proxmox.node") {
                Some(host) => diagnostic.and(host, "the host"),
                None => diagnostic,
            });
        } else if let Some(first) = taken.get(name) {
            let free =
                free_name(name, |name| taken.contains_key(name) || machines(checked).any(|(_, other)| other == name));
            let diagnostic = Diagnostic::at(place, format!("the name `{name}` is used twice"), "used again here");
            let diagnostic = diagnostic.and(first.clone(), "first used here");
            found.push(match free {
                Some(free) => diagnostic.help(format!("`{free}` is free")).fix(format!("\"{free}\"")),
                None => diagnostic,
            });
        } else {
            taken.insert(name, place);
        }
    }
}

fn machines<'a>(checked: &'a Checked<'_>) -> impl Iterator<Item = (String, &'a Name)> {
    let nodes = checked.home.nodes.iter().enumerate().map(|(at, node)| (format!("nodes[{at}].name"), &node.name));
    let guests = checked.home.guests.iter().enumerate().map(|(at, guest)| (format!("guests[{at}].name"), &guest.name));
    nodes.chain(guests)
}

/// The next name of the same kind: after `k2`, `k3`.
fn free_name(taken: &Name, is_taken: impl Fn(&Name) -> bool) -> Option<Name> {
    let stem = taken.as_str().trim_end_matches(|digit: char| digit.is_ascii_digit());
    (2..=crate::limits::LIST_ITEMS_MAX * 2 + 2)
        .filter_map(|number| Name::parse(&format!("{stem}{number}")).ok())
        .find(|name| !is_taken(name))
}
