//! The cluster that the machines make: its nodes, its state, and the door to its API.

mod api;
mod kinds;
mod store;
mod workload;

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;
use store::{Key, Object};

use crate::host::{Output, Role};
use crate::world::State;

/// A snapshot of a small cluster's state.
const SNAPSHOT_TIME: Duration = Duration::from_secs(3);

/// The cluster. There is one, from the first start of a server on.
#[derive(Debug, Default)]
pub(crate) struct Cluster {
    /// Its nodes by name.
    pub(crate) nodes: BTreeMap<String, Node>,
    /// The secret with which nodes join, in its short form.
    token: String,
    /// Names the certificate authority; a new cluster has a new one.
    pub(crate) authority: String,
    snapshots: Vec<String>,
    objects: BTreeMap<Key, Object>,
    /// Grows with each change.
    revision: u64,
    has_argo_cd: bool,
    /// The manifests at each place of each repository: `address path`.
    repositories: BTreeMap<String, Vec<Value>>,
}

/// A node.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// The container that it is.
    pub(crate) vmid: u32,
    pub(crate) role: Role,
    pub(crate) address: String,
    pub(crate) version: String,
    pub(crate) is_ready: bool,
    pub(crate) is_schedulable: bool,
}

impl crate::World {
    /// Puts manifests into a simulated repository, where Argo CD finds them.
    pub fn publish(&self, repository: &str, path: &str, manifests: Vec<Value>) {
        self.state().cluster.repositories.insert(format!("{repository} {path}"), manifests);
    }
}

/// A server runs: with the token it was given or, the first time, one of its own. Gives the token in its full form.
pub(crate) fn server_is_up(state: &mut State, vmid: u32, given: Option<String>) -> String {
    let has_state = state.machines.get(&vmid).is_some_and(|machine| machine.files.contains_key(STATE_FILE));
    if !has_state {
        let authority = format!("{:016x}{:016x}", state.random.next(), state.random.next());
        let token = given.unwrap_or_else(|| format!("{:032x}", u128::from(state.random.next())));
        // What lies in git does not go with a cluster.
        let repositories = std::mem::take(&mut state.cluster.repositories);
        state.cluster = Cluster { token, authority, repositories, ..Cluster::default() };
        if let Some(machine) = state.machines.get_mut(&vmid) {
            machine.files.insert(STATE_FILE.to_owned(), crate::host::file(0o600, b"the state of the cluster"));
        }
    }
    full_token(&state.cluster)
}

/// Where the state of a cluster lies on its server: without it the server begins a new one.
const STATE_FILE: &str = "/var/lib/rancher/k3s/server/db/state";

/// `K10<hash of the authority>::server:<token>`.
fn full_token(cluster: &Cluster) -> String {
    format!("K10{}::server:{}", cluster.authority, cluster.token)
}

/// The file that `k3s` writes for the administrator.
pub(crate) fn kubeconfig(state: &State) -> String {
    let authority = &state.cluster.authority;
    format!(
        "apiVersion: v1\nclusters:\n- cluster:\n    certificate-authority-data: {authority}\n    server: https://127.0.0.1:6443\n  name: default\ncontexts:\n- context:\n    cluster: default\n    user: default\n  name: default\ncurrent-context: default\nkind: Config\nusers:\n- name: default\n  user:\n    client-certificate-data: client-of-{authority}\n    client-key-data: key-of-{authority}\n"
    )
}

/// Whether the server at `address` takes somebody with `token`, in the short form or the full one.
pub(crate) fn admits(state: &State, address: &str, token: &str) -> Result<(), String> {
    let cluster = &state.cluster;
    let is_server = |node: &&Node| {
        node.role == Role::Server && node.is_ready && address == format!("https://{}:6443", node.address)
    };
    if !cluster.nodes.values().any(|node| is_server(&node)) {
        return Err(format!("Get \\\"{address}/cacerts\\\": dial tcp: connect: connection refused"));
    }
    match token == cluster.token || token == full_token(cluster) {
        true => Ok(()),
        false => Err("token CA hash does not match the Cluster CA certificate hash, or the token is wrong".to_owned()),
    }
}

/// A node is in the cluster and works.
pub(crate) fn node_is_ready(state: &mut State, vmid: u32, role: Role, version: &str) {
    let Some(container) = state.proxmox.containers.get(&vmid) else { return };
    let name = container.get("hostname").unwrap_or_default().to_owned();
    let address = container.address().unwrap_or_default();
    let is_schedulable = state.cluster.nodes.get(&name).is_none_or(|node| node.is_schedulable);
    let node = Node { vmid, role, address, version: version.to_owned(), is_ready: true, is_schedulable };
    state.cluster.nodes.insert(name.clone(), node);
    state.tell("cluster", format!("{name} is ready"));
}

/// A node does not answer any more.
pub(crate) fn node_is_away(state: &mut State, vmid: u32) {
    let nodes = state.cluster.nodes.values_mut().filter(|node| node.vmid == vmid);
    for node in nodes {
        node.is_ready = false;
    }
}

/// `k3s etcd-snapshot save`.
pub(crate) fn save_snapshot(state: &mut State, vmid: u32, name: &str) -> (Output, Duration) {
    if !is_server(state, vmid) {
        let stderr = "level=fatal msg=\"Error: etcd datastore disabled\"\n".to_owned();
        return (Output { status: 1, stderr, ..Output::default() }, Duration::from_secs(1));
    }
    let now = state.now.as_secs();
    let file = format!("{name}-{}-{now}", crate::host::name(state, vmid));
    state.cluster.snapshots.push(file.clone());
    if let Some(machine) = state.machines.get_mut(&vmid) {
        let path = format!("/var/lib/rancher/k3s/server/db/snapshots/{file}");
        machine.files.insert(path, crate::host::file(0o600, b"a snapshot of the cluster"));
    }
    let stdout = format!("level=info msg=\"Snapshot {file} saved.\"\n").into_bytes();
    (Output { stdout, ..Output::default() }, SNAPSHOT_TIME)
}

/// `k3s etcd-snapshot ls`.
pub(crate) fn list_snapshots(state: &State, vmid: u32) -> Output {
    if !is_server(state, vmid) {
        return Output {
            status: 1,
            stderr: "level=fatal msg=\"etcd datastore disabled\"\n".to_owned(),
            ..Output::default()
        };
    }
    let lines = state
        .cluster
        .snapshots
        .iter()
        .map(|name| format!("{name} file:///var/lib/rancher/k3s/server/db/snapshots/{name}\n"));
    Output { stdout: lines.collect::<String>().into_bytes(), ..Output::default() }
}

fn is_server(state: &State, vmid: u32) -> bool {
    state.machines.get(&vmid).is_some_and(|machine| machine.k3s.role == Some(Role::Server))
}
