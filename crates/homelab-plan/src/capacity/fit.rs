//! How many more services of a size fit.

use serde::Serialize;

use super::nodes::NodeCapacity;
use crate::bytes::Bytes;
use crate::cpu::Cpu;

/// How many more services of a size fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fit {
    /// Memory of each.
    pub memory: Bytes,
    /// Processor time of each.
    pub cpu: Cpu,
    /// How many on each node, in the order of the nodes.
    pub per_node: Vec<u64>,
    /// All together.
    pub total: u64,
    /// What is used up first, on the node where the most fit.
    pub limited_by: Limit,
    /// Memory that is left over, since no more of this size fits into any node's rest.
    pub left_over: Bytes,
}

/// What is used up first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// Memory, as mostly.
    Memory,
    /// Processor time.
    Cpu,
    /// The number of pods on a node.
    Pods,
}

/// How many services of this size fit on these nodes.
pub(super) fn fit(nodes: &[NodeCapacity], memory: Bytes, cpu: Cpu) -> Fit {
    let each: Vec<(u64, Limit)> = nodes.iter().map(|node| on(node, memory, cpu)).collect();
    let per_node: Vec<u64> = each.iter().map(|(count, _)| *count).collect();
    let left_over =
        nodes.iter().zip(&per_node).map(|(node, count)| node.free_memory.saturating_sub(memory * *count)).sum();
    let limited_by = each.iter().rev().max_by_key(|(count, _)| *count).map_or(Limit::Memory, |(_, limit)| *limit);
    Fit { memory, cpu, total: per_node.iter().sum(), per_node, limited_by, left_over }
}

/// How many fit on one node, and what stops the next.
fn on(node: &NodeCapacity, memory: Bytes, cpu: Cpu) -> (u64, Limit) {
    // What asks for nothing of a kind is not bounded by it.
    let by_memory = node.free_memory.count_of(memory).unwrap_or(u64::MAX);
    let by_cpu = node.free_cpu.count_of(cpu).unwrap_or(u64::MAX);
    [(by_memory, Limit::Memory), (by_cpu, Limit::Cpu), (node.free_pods, Limit::Pods)]
        .into_iter()
        .min_by_key(|(count, _)| *count)
        .unwrap_or((0, Limit::Memory))
}
