//! One machine: its files, its units, and what it is like.

use std::collections::{BTreeMap, BTreeSet};

use super::files::File;
use super::k3s::K3s;
use crate::world::State;

/// What is inside one container.
#[derive(Clone, Debug, Default)]
pub(crate) struct Machine {
    /// The lines of root's `authorized_keys`.
    pub(crate) authorized_keys: String,
    /// The public key of its SSH server, made at its creation.
    pub(crate) host_key: String,
    /// Whether its SSH server answers.
    pub(crate) is_up: bool,
    /// How often it has started.
    pub(crate) boots: u64,
    pub(crate) files: BTreeMap<String, File>,
    /// Folders that were made by themselves.
    pub(crate) folders: BTreeSet<String>,
    /// Units that run after each start.
    pub(crate) enabled: BTreeSet<String>,
    pub(crate) active_units: BTreeSet<String>,
    /// Units as systemd has read them; a changed file counts after `daemon-reload`.
    pub(crate) loaded_units: BTreeSet<String>,
    /// Lines of the journal by unit.
    pub(crate) journal: BTreeMap<String, Vec<String>>,
    /// Whether `/` is a shared mount.
    pub(crate) is_shared_root: bool,
    pub(crate) is_disk_full: bool,
    pub(crate) k3s: K3s,
}

/// All machines by the number of their container.
pub(crate) type Machines = BTreeMap<u32, Machine>;

impl Machine {
    /// As a template leaves it at its first start. Proxmox makes new host keys at each creation
    /// (`src/PVE/LXC/Setup/Base.pm` of pve-container).
    pub(super) fn fresh(state: &mut State, vmid: u32, template: &str, authorized_keys: &str) -> Self {
        let host_key = format!(
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{:016x}{:016x} root@{vmid}",
            state.random.next(),
            state.random.next()
        );
        let system = if template.contains("ubuntu-24.04") {
            "PRETTY_NAME=\"Ubuntu 24.04.3 LTS\"\nID=ubuntu\nVERSION_ID=\"24.04\"\n"
        } else {
            "PRETTY_NAME=\"Debian GNU/Linux 13 (trixie)\"\nID=debian\nVERSION_ID=\"13\"\n"
        };
        let files = BTreeMap::from([("/etc/os-release".to_owned(), File::new(0o644, system.as_bytes()))]);
        Self { authorized_keys: authorized_keys.to_owned(), host_key, files, ..Self::default() }
    }

    pub(crate) fn text(&self, path: &str) -> Option<String> {
        self.files.get(path).map(|file| String::from_utf8_lossy(&file.bytes).into_owned())
    }

    pub(super) fn enabled_units(&self) -> Vec<String> {
        self.enabled.iter().cloned().collect()
    }

    pub(super) fn log(&mut self, unit: &str, line: impl Into<String>) {
        self.journal.entry(unit.to_owned()).or_default().push(line.into());
    }
}

/// The host name of a container, for the timeline.
pub(crate) fn name(state: &State, vmid: u32) -> String {
    let container = state.proxmox.containers.get(&vmid);
    container.and_then(|container| container.get("hostname")).map_or_else(|| vmid.to_string(), str::to_owned)
}
