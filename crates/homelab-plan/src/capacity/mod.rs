//! What fits: the decision record's arithmetic, and the honest one beside it.
//!
//! ```text
//! memory of a node - reservations = allocatable - pods of the platform = free
//! free / memory of a service, rounded down on each node, then added up = what fits
//! ```
//!
//! Kubernetes places pods by what they *ask for*, never by what they use, and a pod is on one node: rests of nodes do not add
//! up. Processor time and the number of pods (110 a node) bound too. Where a pod of the platform comes to stand is decided as
//! the scheduler would, but without chance.

mod fit;
mod loss;
mod nodes;
mod platform;
mod record;
mod room;
mod svg;
mod verdict;
mod what_if;

use serde::Serialize;

use crate::bytes::Bytes;
use crate::config::Homelab;
use crate::cpu::Cpu;

pub use fit::{Fit, Limit};
pub use loss::{Loss, Moved};
pub use nodes::{NodeCapacity, PlacedPod, Reservation};
pub use platform::{Basis, Bound, PlatformPod, platform_pods};
pub use record::{RecordEstimate, RecordFit, RecordNode, about, record_estimate};
pub use svg::svg;
pub use verdict::{Verdict, fits};
pub use what_if::{Change, changed};

/// What a service asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Service {
    /// What it is called.
    pub name: String,
    /// The memory of one replica.
    pub memory: Bytes,
    /// The processor time of one replica.
    pub cpu: Cpu,
    /// How many of it run.
    pub replicas: u32,
}

/// What fits in a home.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Capacity {
    /// The decision record's arithmetic.
    pub record: RecordEstimate,
    /// Each node, after reservations and the platform.
    pub nodes: Vec<NodeCapacity>,
    /// Pods that fit nowhere, of the platform or of the services that run.
    pub unplaced: Vec<Unplaced>,
    /// How many more services of each size fit.
    pub fits: Vec<Fit>,
    /// The same with each node lost that can be lost.
    pub losses: Vec<Loss>,
}

impl Capacity {
    /// The loss after which the fewest services of the first size fit, and of equal ones the one that leaves more pods without
    /// a place. This is the number to rely on.
    pub fn worst_loss(&self) -> Option<&Loss> {
        self.losses.iter().min_by_key(|loss| {
            let fitting = loss.fits.first().map_or(0, |fit| fit.total);
            (fitting, std::cmp::Reverse(loss.waiting.len() + loss.without_room.len()))
        })
    }
}

/// A pod that fits nowhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unplaced {
    /// Which.
    pub pod: String,
    /// Why not, with the figures.
    pub reason: String,
    /// The key of the file that says how large it is.
    pub key: Option<&'static str>,
}

/// The sizes that the decision record speaks of.
pub const RECORD_SIZES: [Bytes; 3] = [Bytes::mib(256), Bytes::mib(512), Bytes::gib(1)];

/// What fits in a home where these services run already, for each of these sizes.
pub fn capacity(home: &Homelab, running: &[Service], sizes: &[Bytes]) -> Capacity {
    let (nodes, unplaced) = nodes::filled(home, running);
    let fits = sizes.iter().map(|size| fit::fit(&nodes, *size, home.services.cpu)).collect();
    let losses = loss::losses(home, &nodes, sizes);
    Capacity { record: record_estimate(home, sizes), nodes, unplaced, fits, losses }
}
