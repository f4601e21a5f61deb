//! The decision record's arithmetic (its sections 2 and 9), from its own assumptions: so much for K3s, etcd and the system on
//! each node, the rest for pods, and all rests divided by the size of a service.
//!
//! Its `GB` are those that Proxmox counts in: 6 GB are 6144 MiB.

use serde::Serialize;

use super::Reservation;
use crate::bytes::Bytes;
use crate::config::{Homelab, Role};

/// What the record keeps from pods on a server.
const ON_A_SERVER: [Reservation; 3] = [
    Reservation { what: "K3s control plane", memory: Bytes::mib(1536) },
    Reservation { what: "etcd", memory: Bytes::mib(512) },
    Reservation { what: "system", memory: Bytes::mib(512) },
];

/// What the record keeps from pods on an agent.
const ON_AN_AGENT: [Reservation; 2] = [
    Reservation { what: "K3s agent", memory: Bytes::mib(512) },
    Reservation { what: "system", memory: Bytes::mib(512) },
];

/// The record's arithmetic for a home.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RecordEstimate {
    /// Each node.
    pub nodes: Vec<RecordNode>,
    /// What is left for pods on all nodes together.
    pub for_pods: Bytes,
    /// How many services of each size that makes.
    pub fits: Vec<RecordFit>,
}

/// A node in the record's arithmetic.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RecordNode {
    /// What it is called.
    pub name: String,
    /// What is kept from pods.
    pub reserved: Vec<Reservation>,
    /// What is left for them.
    pub for_pods: Bytes,
}

/// How many services of a size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct RecordFit {
    /// The memory of each.
    pub memory: Bytes,
    /// The whole number.
    pub exact: u64,
    /// As the record says it: "about 50".
    pub about: u64,
}

/// The record's arithmetic for a home.
pub fn record_estimate(home: &Homelab, sizes: &[Bytes]) -> RecordEstimate {
    let nodes: Vec<RecordNode> = home
        .nodes
        .iter()
        .map(|node| {
            let reserved = match node.role {
                Role::Server => ON_A_SERVER.to_vec(),
                Role::Agent => ON_AN_AGENT.to_vec(),
            };
            let for_pods = node.memory.saturating_sub(reserved.iter().map(|part| part.memory).sum());
            RecordNode { name: node.name.to_string(), reserved, for_pods }
        })
        .collect();
    let for_pods: Bytes = nodes.iter().map(|node| node.for_pods).sum();
    let fits = sizes.iter().map(|size| {
        let exact = for_pods.count_of(*size).unwrap_or(0);
        RecordFit { memory: *size, exact, about: about(exact) }
    });
    RecordEstimate { fits: fits.collect(), nodes, for_pods }
}

/// A count as a person says it: exactly while it is small, and in fives from twenty on, never too many.
pub fn about(count: u64) -> u64 {
    if count < 20 { count } else { count - count % 5 }
}
