//! Room on nodes, and how a pod finds its place: on the node with the most free memory, as the scheduler prefers, and on
//! the first of several that are equal, where the scheduler would throw dice.

use crate::bytes::Bytes;
use crate::cpu::Cpu;

/// Kubernetes' own limit of pods on a node (the kubelet's `maxPods`).
pub(super) const PODS_PER_NODE_MAX: u64 = 110;

/// What is free on a node.
#[derive(Clone, Debug)]
pub(super) struct Room {
    pub(super) node: String,
    pub(super) memory: Bytes,
    pub(super) cpu: Cpu,
    pub(super) pods: u64,
}

impl Room {
    pub(super) fn has(&self, memory: Bytes, cpu: Cpu) -> bool {
        self.pods > 0 && self.memory >= memory && self.cpu >= cpu
    }

    pub(super) fn take(&mut self, memory: Bytes, cpu: Cpu) {
        self.memory = self.memory.saturating_sub(memory);
        self.cpu = self.cpu.saturating_sub(cpu);
        self.pods = self.pods.saturating_sub(1);
    }
}

/// The room with the most free memory that has enough of everything.
pub(super) fn roomiest(rooms: &[Room], memory: Bytes, cpu: Cpu) -> Option<usize> {
    let fitting = rooms.iter().enumerate().filter(|(_, room)| room.has(memory, cpu));
    // Of equal ones, `max_by_key` takes the last; counted from behind that is the first.
    fitting.rev().max_by_key(|(_, room)| room.memory).map(|(at, _)| at)
}

/// Why a pod has no place in any of these rooms, with the figures.
pub(super) fn why_nowhere(rooms: &[Room], memory: Bytes, cpu: Cpu) -> String {
    let Some(most) = rooms.iter().rev().max_by_key(|room| room.memory) else {
        return "there is no node for it".to_string();
    };
    if most.memory < memory {
        return format!(
            "it asks for {}, and the most that is free is {} on `{}`",
            memory.to_words(),
            most.memory.to_words(),
            most.node
        );
    }
    let with_memory: Vec<&Room> = rooms.iter().filter(|room| room.memory >= memory).collect();
    match with_memory.iter().max_by_key(|room| room.cpu) {
        Some(room) if room.cpu < cpu => format!(
            "it asks for {cpu} of a core, and where memory is free at most {} is free, on `{}`",
            room.cpu, room.node
        ),
        _ => format!("every node with room has {PODS_PER_NODE_MAX} pods already"),
    }
}
