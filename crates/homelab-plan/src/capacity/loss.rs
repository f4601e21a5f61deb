//! The same home with a node lost.

use serde::Serialize;

use super::Unplaced;
use super::fit::{Fit, fit};
use super::nodes::{NodeCapacity, PlacedPod, most_free, rooms};
use super::room::{roomiest, why_nowhere};
use crate::bytes::Bytes;
use crate::config::{Homelab, Role};

/// What is left when a node is lost.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Loss {
    /// Which node.
    pub node: String,
    /// Pods that start again elsewhere.
    pub moved: Vec<Moved>,
    /// Pods that wait for the node, since their volumes are on it.
    pub waiting: Vec<String>,
    /// Pods that find no room elsewhere.
    pub without_room: Vec<Unplaced>,
    /// How many services of each size fit on what is left.
    pub fits: Vec<Fit>,
}

/// A pod that starts again elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// Which.
    pub pod: String,
    /// On which node.
    pub to: String,
}

impl Loss {
    /// Whether everything that ran on the node starts again elsewhere.
    pub fn is_survived(&self) -> bool {
        self.waiting.is_empty() && self.without_room.is_empty()
    }
}

/// What is left after the loss of each node that can be lost.
///
/// Without its only server a cluster goes on running what runs, and starts nothing again: there is nothing to count. With
/// three servers or more, one of them can be lost too.
pub(super) fn losses(home: &Homelab, nodes: &[NodeCapacity], sizes: &[Bytes]) -> Vec<Loss> {
    let servers = nodes.iter().filter(|node| node.role == Role::Server).count();
    let can_be_lost = |node: &NodeCapacity| nodes.len() > 1 && (node.role == Role::Agent || servers >= 3);
    let lost = nodes.iter().enumerate().filter(|(_, node)| can_be_lost(node));
    lost.map(|(at, _)| without(home, nodes, at, sizes)).collect()
}

fn without(home: &Homelab, nodes: &[NodeCapacity], lost: usize, sizes: &[Bytes]) -> Loss {
    let mut left = nodes.to_vec();
    let lost = left.remove(lost);
    let (mut moved, mut waiting, mut without_room) = (Vec::new(), Vec::new(), Vec::new());
    let mut homeless: Vec<PlacedPod> = lost.pods.into_iter().filter(|pod| !is_on_each_node(pod)).collect();
    homeless.sort_by_key(|pod| std::cmp::Reverse(pod.memory));
    for pod in homeless {
        if pod.is_bound {
            waiting.push(pod.name);
            continue;
        }
        let all_rooms = rooms(&left);
        match roomiest(&all_rooms, pod.memory, pod.cpu).and_then(|at| left.get_mut(at)) {
            Some(node) => {
                moved.push(Moved { pod: pod.name.clone(), to: node.name.clone() });
                let reason = most_free(node);
                node.put(PlacedPod { reason, ..pod });
            }
            None => {
                let reason = why_nowhere(&all_rooms, pod.memory, pod.cpu);
                without_room.push(Unplaced { pod: pod.name, reason, key: None });
            }
        }
    }
    let fits = sizes.iter().map(|size| fit(&left, *size, home.services.cpu)).collect();
    Loss { node: lost.name, moved, waiting, without_room, fits }
}

/// A pod of which each node has its own needs no new place.
fn is_on_each_node(pod: &PlacedPod) -> bool {
    pod.is_platform && pod.name == "svclb-traefik"
}
