//! What is missing, said before anything is created, in the words of `homelab.toml`.

mod conflicts;
mod space;

use serde::Serialize;

use super::containers::{Matched, template};
use super::desired::Desired;
use super::observed::Observed;
use super::role::{Grant, role};
use crate::config::Snapshotter;

/// One thing that is missing, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// What is wrong.
    pub sentence: String,
    /// What to do.
    pub hint: String,
}

/// The first lxc-pve on PVE 9 whose AppArmor profile lets a nested runc start pods (fix #7006 in its changelog).
const LXC_PVE_9: &str = "6.0.5-2";

/// The same on PVE 8, as users report it.
const LXC_PVE_8: &str = "6.0.0-2";

pub(super) fn problems(desired: &Desired, observed: &Observed, matched: &Matched<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut missing = |sentence: String, hint: String| problems.push(Problem { sentence, hint });
    let home = &desired.home;
    let needs_creation = home.nodes.iter().any(|node| !matched.nodes.contains_key(node.name.as_str()));

    let node = home.proxmox.node.as_str();
    if !observed.host.nodes.iter().any(|found| found == node) {
        let found = observed.host.nodes.join("`, `");
        missing(
            format!("the host has no node `{node}`; it has `{found}`"),
            "set `proxmox.node` in homelab.toml".to_owned(),
        );
    }
    let login = &observed.host.login;
    let may_keyctl = login.user == "root@pam" && !login.is_token;
    if home.container.keyctl && needs_creation && !may_keyctl {
        missing(
            format!("`container.keyctl = true` needs the password of root@pam; the login is {}", shown(observed)),
            "log in with `proxmox.user = \"root@pam\"` and without `proxmox.token`, or set `container.keyctl = false`: K3s most likely runs without it, and a token is enough then".to_owned(),
        );
    }
    for Grant { path, privileges } in role(desired) {
        let lacking: Vec<_> = privileges.iter().filter(|privilege| !observed.may(&path, privilege)).copied().collect();
        if !lacking.is_empty() {
            missing(
                format!("{} lacks {} on `{path}`", shown(observed), lacking.join(", ")),
                "`homelab doctor --print-role` prints the commands that give it the smallest role".to_owned(),
            );
        }
    }
    storage_problems(desired, observed, needs_creation, &mut missing);
    if !observed.host.bridges.is_empty()
        && !observed.host.bridges.iter().any(|bridge| bridge == home.network.bridge.as_str())
    {
        let found = observed.host.bridges.join("`, `");
        missing(
            format!("the host has no bridge `{}`; it has `{found}`", home.network.bridge.as_str()),
            "set `network.bridge` in homelab.toml".to_owned(),
        );
    }
    if needs_creation && template(desired, observed).is_none() {
        missing(
            format!("no template of the host begins with `{}`", home.container.template),
            "run `pveam update` on the host, or set `container.template` in homelab.toml".to_owned(),
        );
    }
    package_problems(observed, &mut missing);
    conflicts::problems(desired, observed, matched, &mut missing);
    space::problems(desired, observed, matched, &mut missing);
    problems
}

fn shown(observed: &Observed) -> String {
    let login = &observed.host.login;
    let kind = if login.is_token { "a token of " } else { "" };
    format!("{kind}{}", login.user)
}

fn storage_problems(
    desired: &Desired,
    observed: &Observed,
    needs_creation: bool,
    missing: &mut impl FnMut(String, String),
) {
    let container = &desired.home.container;
    let wishes = [
        (container.template_storage.as_str(), "vztmpl", "container.template_storage", "templates"),
        (container.storage.as_str(), "rootdir", "container.storage", "containers"),
    ];
    for (name, content, key, what) in wishes {
        let good: Vec<_> = observed.host.storages.iter().filter(|storage| storage.content.contains(content)).collect();
        let names: Vec<_> = good.iter().map(|storage| storage.name.as_str()).collect();
        let hint = format!("set `{key}` in homelab.toml to one that may: `{}`", names.join("`, `"));
        match observed.storage(name) {
            _ if !needs_creation => {}
            None => missing(format!("the host has no storage `{name}`"), hint),
            Some(storage) if !storage.content.contains(content) => {
                missing(format!("the storage `{name}` may not hold {what} (content `{content}`)"), hint);
            }
            Some(_) => {}
        }
    }
    let is_zfs = observed.storage(container.storage.as_str()).is_some_and(|storage| storage.kind == "zfspool");
    if is_zfs && desired.home.k3s.snapshotter == Snapshotter::Overlayfs {
        missing(
            format!(
                "`k3s.snapshotter = \"overlayfs\"` on the ZFS storage `{}` fails on many hosts",
                container.storage.as_str()
            ),
            "set `k3s.snapshotter = \"auto\"`: it is tried on the node".to_owned(),
        );
    }
}

fn package_problems(observed: &Observed, missing: &mut impl FnMut(String, String)) {
    let Some(version) = observed.host.packages.get("lxc-pve") else { return };
    let needed = if observed.host.version.starts_with("8.") { LXC_PVE_8 } else { LXC_PVE_9 };
    if is_older(version, needed) {
        missing(
            format!("lxc-pve {version} on the host stops every pod at its start; {needed} or later is needed"),
            "`apt update && apt full-upgrade` on the host, then restart the containers".to_owned(),
        );
    }
}

/// Whether a Debian version is older, number by number. Enough for lxc-pve, whose versions are numbers, dots and a dash.
fn is_older(version: &str, than: &str) -> bool {
    let numbers = |text: &str| -> Vec<u64> {
        text.split(|character: char| !character.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect()
    };
    numbers(version) < numbers(than)
}
