//! Each node after its reservations, the platform and the services that run.

use serde::Serialize;

use super::platform::{Basis, Bound, PlatformPod, platform_pods};
use super::room::{PODS_PER_NODE_MAX, Room, roomiest, why_nowhere};
use super::{Service, Unplaced};
use crate::bytes::Bytes;
use crate::config::{Homelab, Node, Role};
use crate::cpu::Cpu;

/// One node.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NodeCapacity {
    /// What it is called.
    pub name: String,
    /// What it is in the cluster.
    pub role: Role,
    /// The memory of its container.
    pub memory: Bytes,
    /// What is kept from pods.
    pub reserved: Vec<Reservation>,
    /// What pods may ask for: memory less reservations.
    pub allocatable: Bytes,
    /// The processor time of its container.
    pub cpu: Cpu,
    /// The pods on it.
    pub pods: Vec<PlacedPod>,
    /// Memory that nobody asked for.
    pub free_memory: Bytes,
    /// Processor time that nobody asked for.
    pub free_cpu: Cpu,
    /// How many more pods it may have.
    pub free_pods: u64,
}

/// Memory that is kept from pods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Reservation {
    /// For what.
    pub what: &'static str,
    /// How much.
    pub memory: Bytes,
}

/// A pod and why it stands where it stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlacedPod {
    /// What it is called.
    pub name: String,
    /// Memory that is kept for it.
    pub memory: Bytes,
    /// Processor time that is kept for it.
    pub cpu: Cpu,
    /// Where the figures come from.
    pub basis: Basis,
    /// Whether it is part of the platform.
    pub is_platform: bool,
    /// Whether its volume keeps it where it is.
    pub is_bound: bool,
    /// Why here.
    pub reason: String,
}

/// The nodes with everything on them, and what found no place.
pub(super) fn filled(home: &Homelab, running: &[Service]) -> (Vec<NodeCapacity>, Vec<Unplaced>) {
    let mut nodes: Vec<NodeCapacity> = home.nodes.iter().map(|node| empty(home, node)).collect();
    let mut unplaced = Vec::new();
    let first_server = home.nodes.iter().position(|node| node.role == Role::Server);
    for pod in platform_pods(home) {
        let places: Vec<Option<usize>> = match &pod.bound {
            Bound::EachNode => (0..nodes.len()).map(Some).collect(),
            Bound::FirstServer => vec![first_server],
            Bound::Node(name) => vec![nodes.iter().position(|node| node.name == *name)],
            Bound::Anywhere => vec![roomiest(&rooms(&nodes), pod.memory, pod.cpu)],
        };
        for place in places {
            let here = place.and_then(|at| nodes.get_mut(at)).filter(|node| node.room().has(pod.memory, pod.cpu));
            match here {
                Some(node) => {
                    let reason = why_here(&pod, node);
                    node.put(PlacedPod {
                        name: pod.name.to_string(),
                        memory: pod.memory,
                        cpu: pod.cpu,
                        basis: pod.basis,
                        is_platform: true,
                        is_bound: matches!(pod.bound, Bound::Node(_)),
                        reason,
                    });
                }
                None => unplaced.push(nowhere(&pod, place, &nodes)),
            }
        }
    }
    for service in largest_first(running) {
        place_service(service, &mut nodes, &mut unplaced);
    }
    (nodes, unplaced)
}

/// Services find their places as the platform does; the largest first, since that leaves the fewest without.
fn largest_first(running: &[Service]) -> Vec<&Service> {
    let mut services: Vec<&Service> = running.iter().collect();
    services.sort_by_key(|service| std::cmp::Reverse(service.memory));
    services
}

/// Places the replicas of a service, and returns the node of each.
pub(super) fn place_service(
    service: &Service,
    nodes: &mut [NodeCapacity],
    unplaced: &mut Vec<Unplaced>,
) -> Vec<String> {
    let mut places = Vec::new();
    for _ in 0..service.replicas {
        let all_rooms = rooms(nodes);
        let Some(node) = roomiest(&all_rooms, service.memory, service.cpu).and_then(|at| nodes.get_mut(at)) else {
            let reason = why_nowhere(&all_rooms, service.memory, service.cpu);
            unplaced.push(Unplaced { pod: service.name.clone(), reason, key: None });
            return places; // Where one replica has no place, the next has none either.
        };
        let reason = most_free(node);
        node.put(PlacedPod {
            name: service.name.clone(),
            memory: service.memory,
            cpu: service.cpu,
            basis: Basis::Request,
            is_platform: false,
            is_bound: false,
            reason,
        });
        places.push(node.name.clone());
    }
    places
}

impl NodeCapacity {
    /// The memory that is kept from pods.
    pub fn reserved_memory(&self) -> Bytes {
        self.memory.saturating_sub(self.allocatable)
    }

    /// The memory that the platform asks for.
    pub fn platform_memory(&self) -> Bytes {
        self.pods.iter().filter(|pod| pod.is_platform).map(|pod| pod.memory).sum()
    }

    /// The memory that services ask for.
    pub fn service_memory(&self) -> Bytes {
        self.pods.iter().filter(|pod| !pod.is_platform).map(|pod| pod.memory).sum()
    }

    pub(super) fn room(&self) -> Room {
        Room { node: self.name.clone(), memory: self.free_memory, cpu: self.free_cpu, pods: self.free_pods }
    }

    pub(super) fn put(&mut self, pod: PlacedPod) {
        let mut room = self.room();
        room.take(pod.memory, pod.cpu);
        (self.free_memory, self.free_cpu, self.free_pods) = (room.memory, room.cpu, room.pods);
        self.pods.push(pod);
    }
}

pub(super) fn rooms(nodes: &[NodeCapacity]) -> Vec<Room> {
    nodes.iter().map(NodeCapacity::room).collect()
}

/// A node with its reservations and nothing else. Allocatable is what Kubernetes calls so: capacity less `kube-reserved`,
/// `system-reserved` and the hard eviction threshold (its documentation, "Reserve Compute Resources").
fn empty(home: &Homelab, node: &Node) -> NodeCapacity {
    let reserved = &home.reserved;
    let (what, k3s) = match node.role {
        Role::Server => ("K3s server", reserved.server),
        Role::Agent => ("K3s agent", reserved.agent),
    };
    let reserved = [(what, k3s), ("system", reserved.system), ("eviction threshold", reserved.eviction)];
    let reserved: Vec<_> = reserved.into_iter().map(|(what, memory)| Reservation { what, memory }).collect();
    let allocatable = node.memory.saturating_sub(reserved.iter().map(|part| part.memory).sum());
    let cpu = Cpu::cores(node.cores.get().into());
    NodeCapacity {
        name: node.name.to_string(),
        role: node.role,
        memory: node.memory,
        reserved,
        allocatable,
        cpu,
        pods: Vec::new(),
        free_memory: allocatable,
        free_cpu: cpu,
        free_pods: PODS_PER_NODE_MAX,
    }
}

fn why_here(pod: &PlatformPod, node: &NodeCapacity) -> String {
    match &pod.bound {
        Bound::EachNode => "one on each node".to_string(),
        Bound::FirstServer => "starts with the first server, before others have joined".to_string(),
        Bound::Node(_) => "its volume is on this node".to_string(),
        Bound::Anywhere => most_free(node),
    }
}

pub(super) fn most_free(node: &NodeCapacity) -> String {
    format!("most memory free: {}", node.free_memory.to_words())
}

fn nowhere(pod: &PlatformPod, place: Option<usize>, nodes: &[NodeCapacity]) -> Unplaced {
    let bound: Vec<Room> = place.and_then(|at| nodes.get(at)).map(NodeCapacity::room).into_iter().collect();
    let rooms = if pod.bound == Bound::Anywhere { rooms(nodes) } else { bound };
    Unplaced { pod: pod.name.to_string(), reason: why_nowhere(&rooms, pod.memory, pod.cpu), key: pod.key }
}
