//! The door over SSH: what is inside the containers.

mod command;
mod files;
mod k3s;
mod machine;
mod shell;

use std::collections::BTreeMap;
use std::time::Duration;

pub(crate) use k3s::{K3s, Role};
pub(crate) use machine::{Machine, Machines, name};

use crate::fault::Fault;
use crate::latency;
use crate::world::{State, World};

/// Who knocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// The address of the machine, without a prefix length.
    pub address: String,
    /// The public key that the client proves to have, as it stands in `authorized_keys`.
    pub key: String,
}

/// What a command left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    /// The exit status.
    pub status: i32,
    /// What it printed.
    pub stdout: Vec<u8>,
    /// What it complained about.
    pub stderr: String,
}

/// Why a command has no output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShellError {
    /// Nobody is at that address.
    NoRoute,
    /// The machine is there, and its SSH server is not, yet.
    Refused,
    /// The server does not know the key.
    Denied,
    /// The connection broke. The command may have run, in part or to its end.
    Dropped,
}

impl World {
    /// The public key by which the machine at `address` shows that it is itself: what `ssh-keyscan` prints.
    ///
    /// # Errors
    /// [`ShellError::NoRoute`] and [`ShellError::Refused`] while there is no server.
    pub async fn host_key(&self, address: &str) -> Result<String, ShellError> {
        let found = self.call(address, latency::SSH_WAY, |state| {
            if is_neighbour(state, address) {
                return Ok(NEIGHBOUR_KEY.to_owned());
            }
            let machine = at(state, address)?;
            Ok(state.machines.get(&machine).map(|machine| machine.host_key.clone()).unwrap_or_default())
        });
        found.await.unwrap_or(Err(ShellError::Dropped))
    }

    /// The keys of all machines that answer, by address.
    pub(crate) fn host_keys(&self) -> BTreeMap<String, String> {
        let state = self.state();
        let addresses = state.proxmox.containers.values().filter_map(crate::proxmox::Container::address);
        let known = addresses.filter_map(|address| {
            let machine = state.machines.get(&at(&state, &address).ok()?)?;
            Some((address, machine.host_key.clone()))
        });
        known.collect()
    }

    /// Runs `command` as root on the machine at the login's address, with `input` on its standard input.
    ///
    /// # Errors
    /// See [`ShellError`].
    pub async fn shell(&self, login: &Login, command: &str, input: &[u8]) -> Result<Output, ShellError> {
        let place = login.address.clone();
        let answer = self.call(&place, latency::SSH_WAY, |state| {
            if is_neighbour(state, &login.address) {
                return Err(ShellError::Denied);
            }
            let vmid = at(state, &login.address)?;
            let is_known = state
                .machines
                .get(&vmid)
                .is_some_and(|machine| machine.authorized_keys.lines().any(|line| line == login.key));
            if !is_known {
                return Err(ShellError::Denied);
            }
            surprise(state, vmid);
            // A connection that breaks in the middle: the commands of the list so far have run.
            let drops = state.fault(&login.address, Fault::ShellDrops, 1).then(|| state.faults.below(3) as usize);
            let (output, time) = shell::run(state, vmid, command, input, drops);
            Ok((output, time, drops.is_some()))
        });
        let (output, time, is_dropped) = answer.await.unwrap_or(Err(ShellError::Dropped))?;
        self.pass(time).await;
        if is_dropped { Err(ShellError::Dropped) } else { Ok(output) }
    }
}

/// The key of a computer that is none of the host's.
const NEIGHBOUR_KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIneighbour";

/// Whether another computer of the home has the address: it was there first.
fn is_neighbour(state: &State, address: &str) -> bool {
    state.neighbours.iter().any(|neighbour| neighbour == address)
}

/// The number of the running container at `address`.
fn at(state: &State, address: &str) -> Result<u32, ShellError> {
    let mut containers = state.proxmox.containers.values().filter(|container| container.is_running);
    let container = containers.find(|container| container.address().as_deref() == Some(address));
    let vmid = container.ok_or(ShellError::NoRoute)?.vmid;
    match state.machines.get(&vmid) {
        Some(machine) if machine.is_up => Ok(vmid),
        // A container of somebody else runs no server for us.
        _ => Err(ShellError::Refused),
    }
}

/// What happens to machines by themselves.
fn surprise(state: &mut State, vmid: u32) {
    let place = machine::name(state, vmid);
    if state.fault(&place, Fault::Reboots, 1) {
        power_off(state, vmid);
        boot(state, vmid);
    }
    if state.fault(&place, Fault::DiskFull, 1) {
        if let Some(machine) = state.machines.get_mut(&vmid) {
            machine.is_disk_full = true;
        }
        // Logs are rotated in the end.
        state.later(Duration::from_secs(90), move |state| {
            if let Some(machine) = state.machines.get_mut(&vmid) {
                machine.is_disk_full = false;
            }
        });
    }
}

/// Whether a folder is there, and everybody may write into it.
pub(crate) fn has_folder(state: &State, vmid: u32, path: &str) -> bool {
    state.machines.get(&vmid).is_some_and(|machine| machine.folders.contains(path))
}

/// Makes a folder that everybody may write into.
pub(crate) fn make_folder(state: &mut State, vmid: u32, path: &str) {
    if let Some(machine) = state.machines.get_mut(&vmid) {
        machine.folders.insert(path.to_owned());
    }
}

/// Removes a folder with everything in it, wherever it is.
pub(crate) fn remove_folder(state: &mut State, path: &str) {
    for machine in state.machines.values_mut().filter(|machine| machine.folders.contains(path)) {
        machine.folders.remove(path);
        machine.files.retain(|file, _| !file.starts_with(&format!("{path}/")));
    }
}

/// What is in a file.
pub(crate) fn bytes_of(state: &State, vmid: u32, path: &str) -> Option<Vec<u8>> {
    Some(state.machines.get(&vmid)?.files.get(path)?.bytes.clone())
}

/// Writes a file, as a program on the machine would.
pub(crate) fn put_file(state: &mut State, vmid: u32, path: &str, bytes: &[u8]) {
    if let Some(machine) = state.machines.get_mut(&vmid) {
        machine.files.insert(path.to_owned(), file(0o600, bytes));
    }
}

/// Whether nothing can be written.
pub(crate) fn is_disk_full(state: &State, vmid: u32) -> bool {
    state.machines.get(&vmid).is_some_and(|machine| machine.is_disk_full)
}

/// What a node shows to the cluster so that it is known again; K3s makes it at its first start.
pub(crate) fn node_password(state: &mut State, vmid: u32) -> String {
    const PATH: &str = "/etc/rancher/node/password";
    if let Some(bytes) = bytes_of(state, vmid, PATH) {
        return String::from_utf8_lossy(&bytes).into_owned();
    }
    let password = format!("{:016x}{:016x}", state.random.next(), state.random.next());
    put_file(state, vmid, PATH, password.as_bytes());
    password
}

/// A file of a machine.
pub(crate) fn file(mode: u32, bytes: &[u8]) -> files::File {
    files::File::new(mode, bytes)
}

/// A container was made from `template`.
pub(crate) fn install(state: &mut State, vmid: u32, template: &str, authorized_keys: &str) {
    let machine = Machine::fresh(state, vmid, template, authorized_keys);
    state.machines.insert(vmid, machine);
}

/// A container was started: after a while its server answers, and what is enabled runs.
pub(crate) fn boot(state: &mut State, vmid: u32) {
    let Some(machine) = state.machines.get_mut(&vmid) else { return };
    machine.boots += 1;
    let boot = machine.boots;
    state.later(latency::CONTAINER_BOOT, move |state| {
        // Unless it was stopped in between.
        let is_running = state.proxmox.containers.get(&vmid).is_some_and(|container| container.is_running);
        let Some(machine) = state.machines.get_mut(&vmid).filter(|machine| machine.boots == boot && is_running) else {
            return;
        };
        machine.is_up = true;
        for unit in machine.enabled_units() {
            k3s::start_unit(state, vmid, &unit);
        }
    });
}

/// A container was stopped: nothing in it runs.
pub(crate) fn power_off(state: &mut State, vmid: u32) {
    if let Some(machine) = state.machines.get_mut(&vmid) {
        machine.is_up = false;
        machine.is_shared_root = false;
        machine.active_units.clear();
        machine.k3s = K3s::default();
    }
    crate::cluster::node_is_away(state, vmid);
}

/// A container is gone, and what was in it.
pub(crate) fn remove(state: &mut State, vmid: u32) {
    state.machines.remove(&vmid);
    crate::cluster::node_is_away(state, vmid);
}
