//! `/nodes`, `/cluster` and `/version`: what the host says about itself.

use serde_json::{Value, json};

use super::caller::Caller;
use super::{Failure, Parameters, lxc, permission, task};
use crate::world::State;

pub(super) fn version(state: &State) -> Value {
    let version = &state.proxmox.version;
    let release = version.rsplit_once('.').map_or(version.as_str(), |(release, _)| release);
    json!({ "version": version, "release": release, "repoid": "5c1ba5bd16e08d1d" })
}

pub(super) fn list(state: &State) -> Value {
    json!([{ "node": state.proxmox.node, "status": "online", "type": "node", "id": format!("node/{}", state.proxmox.node) }])
}

pub(super) fn cluster_status(state: &State) -> Value {
    json!([{ "type": "node", "name": state.proxmox.node, "id": format!("node/{}", state.proxmox.node), "online": 1, "local": 1, "nodeid": 0, "ip": "192.168.0.10" }])
}

pub(super) fn status(state: &State) -> Value {
    let proxmox = &state.proxmox;
    let used: u64 = proxmox
        .containers
        .values()
        .filter(|container| container.is_running)
        .map(|container| container.memory_bytes() / 2)
        .sum();
    json!({
        "pveversion": format!("pve-manager/{}/5c1ba5bd16e08d1d", proxmox.version),
        "current-kernel": { "release": "6.17.2-1-pve", "sysname": "Linux", "machine": "x86_64" },
        "cpuinfo": { "cpus": proxmox.cpus, "cores": proxmox.cpus, "sockets": 1, "model": "a processor of the simulation" },
        "memory": { "total": proxmox.memory, "used": used, "free": proxmox.memory.saturating_sub(used) },
        "rootfs": { "total": 100_u64 << 30, "used": 12_u64 << 30, "avail": 88_u64 << 30, "free": 88_u64 << 30 },
        "loadavg": ["0.10", "0.12", "0.09"],
        "uptime": state.now.as_secs() + 86_400,
    })
}

pub(super) fn package_versions(state: &State) -> Value {
    let packages = state.proxmox.packages.iter();
    packages.map(|(name, version)| json!({ "Package": name, "OldVersion": version, "Version": version, "CurrentState": "Installed" })).collect()
}

pub(super) fn network(state: &State) -> Value {
    let bridges = state.proxmox.bridges.iter();
    bridges.map(|bridge| json!({ "iface": bridge, "type": "bridge", "active": 1, "autostart": 1, "cidr": "192.168.0.10/24", "gateway": "192.168.0.1" })).collect()
}

pub(super) fn time(state: &State) -> Value {
    let time = task::unix_time(state.now);
    json!({ "time": time, "localtime": time + 9 * 3600, "timezone": "Asia/Tokyo" })
}

/// `GET /cluster/resources`: only what the caller may see; what they may not is simply missing.
pub(super) fn resources(state: &State, caller: &Caller, parameters: &Parameters) -> Result<Value, Failure> {
    let kind = parameters.get("type");
    let mut resources = Vec::new();
    if kind.is_none_or(|kind| kind == "node") {
        resources.push(json!({ "id": format!("node/{}", state.proxmox.node), "type": "node", "node": state.proxmox.node, "status": "online" }));
    }
    if kind.is_none_or(|kind| kind == "vm") {
        let visible = state.proxmox.containers.values().filter(|container| {
            permission::held_at(state, caller, &format!("/vms/{}", container.vmid)).contains("VM.Audit")
        });
        resources.extend(visible.map(|container| {
            let mut summary = lxc::summary(container);
            summary["id"] = json!(format!("lxc/{}", container.vmid));
            summary["type"] = json!("lxc");
            summary["node"] = json!(state.proxmox.node);
            summary
        }));
    }
    Ok(Value::Array(resources))
}
