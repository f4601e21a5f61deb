//! What people do to a home beside us: at the host, in a container, on the network.

use std::time::Duration;

use crate::World;
use crate::home::{Guest, Home};
use crate::host;
use crate::proxmox::Container;

impl World {
    /// From now on the host and the network are as `home` says: who may sign in, packages, modules, templates to be had, storages,
    /// neighbours. What is on the host stays.
    pub fn change_home(&self, home: &Home) {
        let mut state = self.state();
        state.proxmox.change(home);
        state.neighbours.clone_from(&home.neighbours);
    }

    /// A setting of a container is changed: `pct set 141 --hostname old-box`.
    pub fn set(&self, vmid: u32, key: &str, value: &str) {
        if let Some(container) = self.state().proxmox.containers.get_mut(&vmid) {
            container.config.insert(key.to_owned(), value.to_owned());
            container.changes += 1;
        }
    }

    /// A setting of a container, as it is.
    pub fn setting(&self, vmid: u32, key: &str) -> Option<String> {
        self.state().proxmox.containers.get(&vmid)?.get(key).map(str::to_owned)
    }

    /// Something holds a container, for ever, or nothing does any more: `pct unlock 141`.
    pub fn lock(&self, vmid: u32, holder: Option<&str>) {
        if let Some(container) = self.state().proxmox.containers.get_mut(&vmid) {
            container.lock = holder.map(str::to_owned);
        }
    }

    /// Something holds a container for a while: a backup by night.
    pub fn lock_for(&self, vmid: u32, holder: &str, time: Duration) {
        self.lock(vmid, Some(holder));
        self.state().later(time, move |state| {
            if let Some(container) = state.proxmox.containers.get_mut(&vmid) {
                container.lock = None;
            }
        });
    }

    /// Somebody makes a container.
    pub fn add_guest(&self, guest: &Guest) {
        self.state().proxmox.containers.insert(guest.vmid, Container::foreign(guest));
    }

    /// A container is destroyed, whatever holds it: `pct destroy 141 --force`.
    pub fn destroy(&self, vmid: u32) {
        let mut state = self.state();
        let Some(container) = state.proxmox.containers.remove(&vmid) else { return };
        state.proxmox.remove_volume(&container.root_volume().unwrap_or_default());
        host::remove(&mut state, vmid);
    }

    /// A volume or a template is removed: `pvesm free local:vztmpl/…`.
    pub fn remove_volume(&self, volume: &str) {
        self.state().proxmox.remove_volume(volume);
    }

    /// The host has a new key for its tickets: nobody is signed in any more.
    pub fn end_tickets(&self) {
        self.state().proxmox.end_tickets();
    }

    /// A file of a machine, if it is there.
    pub fn file(&self, vmid: u32, path: &str) -> Option<String> {
        host::bytes_of(&self.state(), vmid, path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Somebody writes into a file of a machine.
    pub fn write_file(&self, vmid: u32, path: &str, text: &str) {
        host::put_file(&mut self.state(), vmid, path, text.as_bytes());
    }
}
