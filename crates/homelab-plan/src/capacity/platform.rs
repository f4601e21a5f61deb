//! The pods that are there before the first service, and what they ask for.

use serde::Serialize;

use crate::bytes::Bytes;
use crate::config::{Homelab, Name};
use crate::cpu::Cpu;

/// A pod of the platform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlatformPod {
    /// What it is called.
    pub name: &'static str,
    /// Memory that is kept for it.
    pub memory: Bytes,
    /// Processor time that is kept for it.
    pub cpu: Cpu,
    /// Where the figures come from.
    pub basis: Basis,
    /// Where it may stand.
    pub bound: Bound,
    /// The key of the file that says how large it is.
    pub key: Option<&'static str>,
}

/// Where a figure comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Its manifest asks for it.
    Request,
    /// Its manifest asks for nothing; this is set aside for what it uses.
    Allowance,
}

/// Where a pod may stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// Anywhere.
    Anywhere,
    /// On the first server: it is started before other nodes have joined, and stays.
    FirstServer,
    /// On each node.
    EachNode,
    /// On this node, since its volume is there.
    Node(String),
}

/// Every pod of the platform, in the order in which they find their places.
pub fn platform_pods(home: &Homelab) -> Vec<PlatformPod> {
    let mut pods = k3s().to_vec();
    pods.extend(shared(home));
    pods.extend(argocd(home));
    pods
}

/// What K3s brings (its `manifests/` folder). CoreDNS and the metrics server ask for these amounts. The others ask for
/// nothing: what is set aside for Traefik and the volume provisioner is what they use at home. The load balancer's pods on each
/// node hold a few `iptables` rules and sleep.
fn k3s() -> [PlatformPod; 5] {
    let pod = |name, memory, cpu, basis, bound| PlatformPod {
        name,
        memory: Bytes::mib(memory),
        cpu: Cpu::milli(cpu),
        basis,
        bound,
        key: None,
    };
    [
        pod("coredns", 70, 100, Basis::Request, Bound::FirstServer),
        pod("metrics-server", 70, 100, Basis::Request, Bound::FirstServer),
        pod("traefik", 128, 0, Basis::Allowance, Bound::FirstServer),
        pod("local-path-provisioner", 32, 0, Basis::Allowance, Bound::FirstServer),
        pod("svclb-traefik", 0, 0, Basis::Allowance, Bound::EachNode),
    ]
}

/// The database, its nightly dump and the cache, as `shared/` has them. Their volumes are folders on a node (local-path), so they
/// do not move. The dump runs for minutes a night; a node without room for it would be one without dumps.
fn shared(home: &Homelab) -> [PlatformPod; 3] {
    let (postgres, valkey) = (&home.shared.postgres, &home.shared.valkey);
    let pod = |name, memory, cpu, node: &Option<Name>, key| PlatformPod {
        name,
        memory,
        cpu,
        basis: Basis::Request,
        bound: home.volume_node(node.as_ref()).map_or(Bound::Anywhere, |node| Bound::Node(node.name.to_string())),
        key,
    };
    [
        pod("postgres", postgres.memory, postgres.cpu, &postgres.node, Some("shared.postgres.memory")),
        pod("postgres-dump", Bytes::mib(128), Cpu::milli(50), &postgres.node, None),
        pod("valkey", valkey.memory, valkey.cpu, &valkey.node, Some("shared.valkey.memory")),
    ]
}

/// Argo CD as `argocd/install.yaml` has it: without Dex, notifications and application sets. The largest comes first, as it
/// finds a place with the least ease.
fn argocd(home: &Homelab) -> [PlatformPod; 4] {
    let argocd = &home.argocd;
    let pod = |name, memory, cpu, key| PlatformPod {
        name,
        memory,
        cpu: Cpu::milli(cpu),
        basis: Basis::Request,
        bound: Bound::Anywhere,
        key: Some(key),
    };
    let mut pods = [
        pod("argocd-application-controller", argocd.controller_memory, 100, "argocd.controller_memory"),
        pod("argocd-repo-server", argocd.repo_server_memory, 50, "argocd.repo_server_memory"),
        pod("argocd-server", argocd.server_memory, 20, "argocd.server_memory"),
        pod("argocd-redis", argocd.redis_memory, 20, "argocd.redis_memory"),
    ];
    pods.sort_by_key(|pod| std::cmp::Reverse(pod.memory));
    pods
}
