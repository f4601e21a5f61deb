//! The ways by which a home is reached: Proxmox, the machines, the internet, and this computer's own files.
//!
//! Everything that looks or changes goes through one of these. A rehearsal puts simulated ways in their place, and nothing
//! else differs.

mod desk;
mod hosts;
pub mod real;
mod web;

use std::sync::Arc;

pub use desk::{Desk, DeskError};
pub use hosts::{HostError, Hosts, Output};
pub use web::{Web, WebAnswer, WebError, WebQuestion};

use crate::kubernetes::Clusters;

/// Something under way.
pub use proxmox_client::Pending;

/// All ways to one home.
#[derive(Clone)]
pub struct Reach {
    /// The Proxmox host's API.
    pub proxmox: proxmox_client::Client,
    /// The machines, over SSH.
    pub hosts: Arc<dyn Hosts>,
    /// The API of the cluster.
    pub clusters: Arc<dyn Clusters>,
    /// The internet.
    pub web: Arc<dyn Web>,
    /// This computer.
    pub desk: Arc<dyn Desk>,
}
