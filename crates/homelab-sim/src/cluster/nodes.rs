//! Nodes as the API shows them: they are what their machines make of them.

use serde_json::{Value, json};

use super::Node;
use super::store::{self, Key};
use crate::host::Role;
use crate::world::State;

/// Shows the nodes as they are now.
pub(super) fn publish(state: &mut State) {
    let values: Vec<Value> = state.cluster.nodes.iter().map(|(name, node)| value(state, name, node)).collect();
    for value in values {
        let known = state.cluster.objects.get(&store::key_of(&value)).map(|object| &object.value);
        let is_new = |part: &str| known.is_none_or(|known| known.pointer(part) != value.pointer(part));
        if ["/metadata/labels", "/spec", "/status"].into_iter().any(is_new) {
            store::make(state, value);
        }
    }
    let cluster = &mut state.cluster;
    cluster.objects.remove_all(|key, _| key.kind == "Node" && !cluster.nodes.contains_key(&key.name));
}

/// `spec.unschedulable` is all that a patch can change of a node here.
pub(super) fn patch(state: &mut State, key: &Key, patch: &Value) -> Result<Value, store::Refusal> {
    let node = state.cluster.nodes.get_mut(&key.name).ok_or_else(|| store::Refusal::not_found(key))?;
    if let Some(is_unschedulable) = patch["spec"]["unschedulable"].as_bool() {
        node.is_schedulable = !is_unschedulable;
    }
    publish(state);
    store::get(state, key)
}

fn value(state: &State, name: &str, node: &Node) -> Value {
    let memory = state.proxmox.containers.get(&node.vmid).map_or(0, crate::proxmox::Container::memory_bytes);
    let labels = match node.role {
        Role::Server => json!({ "kubernetes.io/hostname": name, "node-role.kubernetes.io/control-plane": "true" }),
        Role::Agent => json!({ "kubernetes.io/hostname": name }),
    };
    json!({
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": { "name": name, "labels": labels },
        "spec": { "unschedulable": !node.is_schedulable },
        "status": {
            "conditions": [{ "type": "Ready", "status": if node.is_ready { "True" } else { "Unknown" } }],
            // What clients must find there, and nothing here is about, is empty.
            "nodeInfo": {
                "kubeletVersion": node.version, "operatingSystem": "linux", "architecture": "amd64",
                "kernelVersion": "", "osImage": "", "containerRuntimeVersion": "", "kubeProxyVersion": "",
                "machineID": "", "systemUUID": "", "bootID": "",
            },
            "allocatable": { "memory": format!("{}Ki", memory >> 10), "pods": "110" },
            "addresses": [{ "type": "InternalIP", "address": node.address }],
        },
    })
}
