//! Whether a service fits, and what to do where it does not.

use serde::Serialize;

use super::Service;
use super::loss::losses;
use super::nodes::{NodeCapacity, filled, place_service};
use crate::bytes::Bytes;
use crate::config::{Homelab, Role};

/// Whether a service fits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "verdict")]
pub enum Verdict {
    /// It does.
    Fits {
        /// The node of each replica.
        nodes: Vec<String>,
        /// The nodes whose loss would leave pods without room; empty where everything would start again elsewhere.
        no_room_after_loss: Vec<String>,
    },
    /// It does not.
    DoesNotFit {
        /// Why, with the figures.
        reason: String,
        /// What would make room.
        help: String,
    },
}

/// Whether a service fits beside those that run already.
pub fn fits(home: &Homelab, running: &[Service], service: &Service) -> Verdict {
    let (mut nodes, _) = filled(home, running);
    let mut unplaced = Vec::new();
    let places = place_service(service, &mut nodes, &mut unplaced);
    if let Some(unplaced) = unplaced.pop() {
        let many = if service.replicas > 1 { format!(", {} replicas,", service.replicas) } else { String::new() };
        let reason = format!("`{}`{many} does not fit: {}", unplaced.pod, unplaced.reason);
        return Verdict::DoesNotFit { reason, help: help(home, &nodes, service) };
    }
    let without_room = losses(home, &nodes, &[]).into_iter().filter(|loss| !loss.without_room.is_empty());
    Verdict::Fits { nodes: places, no_room_after_loss: without_room.map(|loss| loss.node).collect() }
}

/// The two ways of the decision record: more for a container, or another agent.
fn help(home: &Homelab, nodes: &[NodeCapacity], service: &Service) -> String {
    if nodes.iter().any(|node| node.free_memory >= service.memory) {
        return "give a node more `cores`, add a node, or ask for less processor time".to_string();
    }
    let agents = home.nodes.iter().filter(|node| node.role == Role::Agent);
    let Some(node) = agents.chain(&home.nodes).min_by_key(|node| node.memory) else { return "add a node".to_string() };
    // Whatever is on it, this much more is enough.
    let more = Bytes::gib((node.memory + service.memory * u64::from(service.replicas)).get().div_ceil(1 << 30));
    format!(
        "try `homelab capacity --memory {}={more}` or `homelab capacity --add-node`, or ask for less memory",
        node.name
    )
}
