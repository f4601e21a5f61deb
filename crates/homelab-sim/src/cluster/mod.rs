//! The cluster that the machines make: its nodes, its state, and the door to its API.

mod api;
mod applications;
mod discovery;
mod exec;
mod kinds;
mod limits;
mod nodes;
mod objects;
mod pods;
mod selector;
mod snapshot;
mod store;
mod volumes;
mod watch;
mod workload;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use objects::Objects;
use serde_json::{Value, json};
use store::Key;

use crate::host::Role;
use crate::web::sha256;
use crate::world::State;

pub use api::Answer;
pub(crate) use exec::exec;
pub(crate) use snapshot::{
    RESET_FLAG, delete as delete_snapshot, list as list_snapshots, reset, save as save_snapshot,
};
pub use watch::Watch;
pub(crate) use watch::head as watch_head;

/// The cluster. There is one, from the first start of a server on.
#[derive(Debug, Default)]
pub(crate) struct Cluster {
    /// When it began: what an earlier cluster planned does not happen any more.
    began: Duration,
    /// The containers whose API answers.
    servers: BTreeSet<u32>,
    /// Its nodes by name.
    pub(crate) nodes: BTreeMap<String, Node>,
    /// The secret with which nodes join, in its short form.
    token: String,
    /// Names the certificate authority; a new cluster has a new one.
    pub(crate) authority: String,
    snapshots: Vec<String>,
    objects: Objects,
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

    /// The address of the first server that answers, and what its administrator shows there.
    pub(crate) fn way_into_cluster(&self) -> Option<(String, String)> {
        let state = self.state();
        // Not the nodes: an API answers before its own machine is taken for a node, and also if it never is.
        let mut servers = state.cluster.servers.iter().filter_map(|vmid| state.proxmox.containers.get(vmid)?.address());
        servers.next().map(|address| (address, client_certificate(&state.cluster)))
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
        state.cluster = Cluster { began: state.now, token, authority, repositories, ..Cluster::default() };
    }
    if let Some(machine) = state.machines.get_mut(&vmid) {
        machine.files.insert(STATE_FILE.to_owned(), crate::host::file(0o600, b"the state of the cluster"));
        if machine.files.remove(RESET_FLAG).is_some() {
            let keys: Vec<Key> = state.cluster.objects.keys().cloned().collect();
            keys.iter().for_each(|key| workload::begin(state, key));
        }
    }
    state.cluster.servers.insert(vmid);
    full_token(&state.cluster)
}

/// A server that has begun a cluster goes on with it, and only with its token (`pkg/cluster/storage.go` of k3s-io/k3s).
pub(crate) fn fits_its_state(state: &State, vmid: u32, token: Option<&str>) -> Result<(), String> {
    let has_state = state.machines.get(&vmid).is_some_and(|machine| machine.files.contains_key(STATE_FILE));
    let cluster = &state.cluster;
    match token {
        Some(token) if has_state && token != cluster.token && token != full_token(cluster) => Err(
            "level=fatal msg=\"starting kubernetes: preparing server: bootstrap data already found and encrypted with different token\""
                .to_owned(),
        ),
        _ => Ok(()),
    }
}

/// A server is stopped, or starts anew: its API does not answer until it is up.
pub(crate) fn server_is_down(state: &mut State, vmid: u32) {
    state.cluster.servers.remove(&vmid);
}

/// Whether a server answers at an address.
fn is_server_up(state: &State, address: &str) -> bool {
    let containers = state.cluster.servers.iter().filter_map(|vmid| state.proxmox.containers.get(vmid));
    containers.filter_map(crate::proxmox::Container::address).any(|found| found == address)
}

/// Where the state of a cluster lies on its server: without it the server begins a new one.
const STATE_FILE: &str = "/var/lib/rancher/k3s/server/db/etcd/member/snap/db";

/// `K10<hash of the authority>::server:<token>`.
fn full_token(cluster: &Cluster) -> String {
    format!("K10{}::server:{}", cluster.authority, cluster.token)
}

/// What stands for the certificate of the cluster's administrator.
fn client_certificate(cluster: &Cluster) -> String {
    format!("client-of-{}", cluster.authority)
}

/// The file that `k3s` writes for the administrator.
pub(crate) fn kubeconfig(state: &State) -> String {
    let authority = &state.cluster.authority;
    let certificate = client_certificate(&state.cluster);
    format!(
        "apiVersion: v1\nclusters:\n- cluster:\n    certificate-authority-data: {authority}\n    server: https://127.0.0.1:6443\n  name: default\ncontexts:\n- context:\n    cluster: default\n    user: default\n  name: default\ncurrent-context: default\nkind: Config\nusers:\n- name: default\n  user:\n    client-certificate-data: {certificate}\n    client-key-data: key-of-{authority}\n"
    )
}

/// Whether the server at `address` takes somebody with `token`, in the short form or the full one.
pub(crate) fn admits(state: &State, address: &str, token: &str) -> Result<(), String> {
    let cluster = &state.cluster;
    if !is_server_up(state, address.trim_start_matches("https://").trim_end_matches(":6443")) {
        return Err(format!("Get \\\"{address}/cacerts\\\": dial tcp: connect: connection refused"));
    }
    match token == cluster.token || token == full_token(cluster) {
        true => Ok(()),
        false => Err("token CA hash does not match the Cluster CA certificate hash, or the token is wrong".to_owned()),
    }
}

/// A node registers. It shows the password in `/etc/rancher/node/password`, which must be the one that the cluster remembers
/// for its name (`docs/architecture.md` of k3s-io/docs, `pkg/nodepassword` of k3s-io/k3s).
pub(crate) fn node_registers(state: &mut State, vmid: u32, role: Role, version: &str) -> Result<(), &'static str> {
    let Some(container) = state.proxmox.containers.get(&vmid) else { return Ok(()) };
    let name = container.get("hostname").unwrap_or_default().to_owned();
    let address = container.address().unwrap_or_default();
    let password = crate::host::node_password(state, vmid);
    let hash = json!({ "hash": sha256(password.as_bytes()) });
    let key = node_password_key(&name);
    match state.cluster.objects.get(&key) {
        Some(known) if known.value["data"] != hash => {
            return Err(
                "Node password rejected, duplicate hostname or contents of '/etc/rancher/node/password' may not match server node-passwd entry, try enabling a unique node name with the --with-node-id flag",
            );
        }
        Some(_) => {}
        None => {
            let metadata = json!({ "name": key.name, "namespace": key.namespace });
            store::make(state, json!({ "apiVersion": "v1", "kind": "Secret", "metadata": metadata, "data": hash }));
        }
    }
    let is_schedulable = state.cluster.nodes.get(&name).is_none_or(|node| node.is_schedulable);
    let node = Node { vmid, role, address, version: version.to_owned(), is_ready: true, is_schedulable };
    state.cluster.nodes.insert(name.clone(), node);
    nodes::publish(state);
    state.tell("cluster", format!("{name} is ready"));
    pods::node_changed(state);
    Ok(())
}

/// The secret by which a node is known.
fn node_password_key(node: &str) -> Key {
    Key {
        api_version: "v1".to_owned(),
        kind: "Secret".to_owned(),
        namespace: "kube-system".to_owned(),
        name: format!("{node}.node-password.k3s"),
    }
}

/// A node does not answer any more.
pub(crate) fn node_is_away(state: &mut State, vmid: u32) {
    server_is_down(state, vmid);
    let nodes = state.cluster.nodes.values_mut().filter(|node| node.vmid == vmid);
    for node in nodes {
        node.is_ready = false;
    }
    nodes::publish(state);
    pods::node_changed(state);
}

fn is_server(state: &State, vmid: u32) -> bool {
    state.machines.get(&vmid).is_some_and(|machine| machine.k3s.role == Some(Role::Server))
}
