//! What etcd holds, as a file: a snapshot, and a cluster begun from one.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

use super::objects::Objects;
use super::store::{self, Object};
use super::{Cluster, STATE_FILE, nodes};
use crate::host::{self, Output};
use crate::latency;
use crate::web::sha256;
use crate::world::State;

/// Where snapshots lie on a server.
const FOLDER: &str = "/var/lib/rancher/k3s/server/db/snapshots";

/// Says that a cluster was reset and has not been started since (`pkg/etcd/etcd.go` of k3s-io/k3s).
pub(crate) const RESET_FLAG: &str = "/var/lib/rancher/k3s/server/db/reset-flag";

/// `k3s etcd-snapshot save`. The file is called `NAME-NODE-SECONDS` (`docs/cli/etcd-snapshot.md` of k3s-io/docs).
pub(crate) fn save(state: &mut State, vmid: u32, name: &str) -> (Output, Duration) {
    if !super::is_server(state, vmid) {
        return (fatal("Error: etcd datastore disabled"), Duration::from_secs(1));
    }
    let now = crate::proxmox::unix_time(state.now);
    let file = format!("{name}-{}-{now}", host::name(state, vmid));
    let bytes = bytes(&state.cluster);
    state.cluster.snapshots.push(file.clone());
    if let Some(machine) = state.machines.get_mut(&vmid) {
        machine.files.insert(format!("{FOLDER}/{file}"), host::file(0o600, &bytes));
    }
    let stdout = format!("level=info msg=\"Snapshot {file} saved.\"\n").into_bytes();
    (Output { stdout, ..Output::default() }, latency::ETCD_SNAPSHOT)
}

/// `k3s etcd-snapshot ls`.
pub(crate) fn list(state: &State, vmid: u32) -> Output {
    if !super::is_server(state, vmid) {
        return fatal("etcd datastore disabled");
    }
    let lines = state
        .cluster
        .snapshots
        .iter()
        .map(|name| format!("{name} file://{FOLDER}/{name} 12558368 2026-11-23T00:00:00Z\n"));
    Output {
        stdout: format!("Name Location Size Created\n{}", lines.collect::<String>()).into_bytes(),
        ..Output::default()
    }
}

/// `k3s etcd-snapshot delete`.
pub(crate) fn delete(state: &mut State, vmid: u32, name: &str) -> Output {
    state.cluster.snapshots.retain(|found| found != name);
    if let Some(machine) = state.machines.get_mut(&vmid) {
        machine.files.remove(&format!("{FOLDER}/{name}"));
    }
    Output::default()
}

/// `k3s server --cluster-reset --cluster-reset-restore-path=PATH`, with the token of the configuration file. What K3s keeps in
/// etcd for its own beginning is encrypted with the token (`pkg/cluster/storage.go` of k3s-io/k3s).
pub(crate) fn reset(state: &mut State, vmid: u32, path: &str, token: &str) -> (Output, Duration) {
    let machine = &state.machines[&vmid];
    if machine.k3s.role.is_some() {
        return (
            fatal(
                "starting kubernetes: preparing server: start managed database: listen tcp 127.0.0.1:2380: bind: address already in use",
            ),
            latency::ETCD_RESET / 5,
        );
    }
    if machine.files.contains_key(RESET_FLAG) {
        return (
            fatal(
                "cluster-reset was successfully performed, please remove the cluster-reset flag and start k3s normally, if you need to perform another cluster reset, you must first manually delete the reset-flag file",
            ),
            latency::ETCD_RESET / 5,
        );
    }
    let Some(file) = machine.files.get(path) else {
        return (
            fatal(&format!(
                "starting kubernetes: preparing server: start managed database: etcd: snapshot path does not exist: {path}"
            )),
            latency::ETCD_RESET / 5,
        );
    };
    let Some(cluster) = read(&file.bytes) else {
        return (
            fatal(
                "starting kubernetes: preparing server: start managed database: snapshot file integrity check failed",
            ),
            latency::ETCD_RESET / 5,
        );
    };
    if sha256(short(token).as_bytes()) != cluster.token {
        return (
            fatal(
                "starting kubernetes: preparing server: bootstrap data already found and encrypted with different token",
            ),
            latency::ETCD_RESET / 2,
        );
    }
    // What lies in git does not go with a cluster.
    let repositories = std::mem::take(&mut state.cluster.repositories);
    state.cluster = Cluster { began: state.now, token: short(token).to_owned(), repositories, ..cluster };
    nodes::publish(state);
    if let Some(machine) = state.machines.get_mut(&vmid) {
        machine.files.insert(STATE_FILE.to_owned(), host::file(0o600, b"the state of the cluster"));
        machine.files.insert(RESET_FLAG.to_owned(), host::file(0o600, b""));
    }
    let place = host::name(state, vmid);
    state.tell(&place, "the cluster begins again from a snapshot");
    let stderr = "level=info msg=\"Managed etcd cluster membership has been reset, restart without --cluster-reset flag now. Backup and delete ${datadir}/server/db on each peer etcd server and rejoin the nodes\"\n".to_owned();
    (Output { stderr, ..Output::default() }, latency::ETCD_RESET)
}

/// The password in a token, which is all that a cluster is begun with.
fn short(token: &str) -> &str {
    token.rsplit("::server:").next().unwrap_or(token)
}

fn fatal(message: &str) -> Output {
    Output { status: 1, stdout: Vec::new(), stderr: format!("level=fatal msg=\"{message}\"\n") }
}

fn bytes(cluster: &Cluster) -> Vec<u8> {
    let objects = cluster.objects.iter().filter(|(key, _)| key.kind != "Node").map(|(_, object)| object);
    let objects: Vec<Value> =
        objects.map(|object| json!({ "value": object.value, "managers": object.managers })).collect();
    let nodes: BTreeMap<&String, Value> = cluster
        .nodes
        .iter()
        .map(|(name, node)| (name, json!({ "address": node.address, "version": node.version })))
        .collect();
    let whole = json!({
        "token": sha256(cluster.token.as_bytes()), "authority": cluster.authority, "has_argo_cd": cluster.has_argo_cd,
        "objects": objects, "nodes": nodes, "revision": cluster.objects.revision(),
    });
    whole.to_string().into_bytes()
}

/// A cluster from a snapshot. Its nodes are known, and none of them answers. In the place of the token is its hash.
fn read(bytes: &[u8]) -> Option<Cluster> {
    let value: Value = serde_json::from_slice(bytes).ok()?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut cluster = Cluster {
        token: text(&value["token"]),
        authority: text(&value["authority"]),
        has_argo_cd: value["has_argo_cd"] == true,
        ..Cluster::default()
    };
    let mut objects = BTreeMap::new();
    // Pods are made anew by those who made them before.
    for object in value["objects"].as_array()?.iter().filter(|object| object["value"]["kind"] != "Pod") {
        let managers = serde_json::from_value(object["managers"].clone()).ok()?;
        let object = Object { value: object["value"].clone(), managers };
        objects.insert(store::key_of(&object.value), object);
    }
    // etcd goes on counting from the snapshot: whoever watched a later state has to list anew.
    cluster.objects = Objects::restored(objects, value["revision"].as_u64()?);
    for (name, node) in value["nodes"].as_object()? {
        let node = super::Node {
            vmid: 0,
            role: host::Role::Agent,
            address: text(&node["address"]),
            version: text(&node["version"]),
            is_ready: false,
            is_schedulable: true,
        };
        cluster.nodes.insert(name.clone(), node);
    }
    Some(cluster)
}
