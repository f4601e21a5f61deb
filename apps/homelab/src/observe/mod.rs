//! Looking at a home, without changing anything.
//!
//! What comes back is complete or an error: a home that was seen in part would look as if the rest were missing, and the plan
//! would make it again. Only machines may be silent; the plan knows what that means.

pub(crate) mod cluster;
mod container;
mod health;
mod host;
mod machine;
mod parse;
mod patience;

use std::collections::BTreeSet;

use homelab_plan::plan::{Desired, Observed, tag_of};

pub(crate) use cluster::is_ready;
pub use cluster::{Manifests, access, open};
pub use container::observe as containers;
pub use health::{Health, health};
pub(crate) use machine::version_of;
pub use machine::{SHARED_MOUNT_TRIAL, token_of};

use crate::reach::{DeskError, Reach};

/// Why a home cannot be looked at.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Blind {
    /// Proxmox does not tell.
    #[error(transparent)]
    Proxmox(#[from] proxmox_client::Error),
    /// A name in `homelab.toml` that Proxmox would not take.
    #[error("`{0}` is no name that Proxmox takes")]
    BadName(String),
    /// A container that was to be removed belongs to somebody else.
    #[error("container {vmid} does not carry the tag of this cluster, and is not touched")]
    NotOurs {
        /// Its number.
        vmid: u32,
    },
    /// A file of this computer cannot be read.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

/// Looks at everything. `taken_vmids` are numbers that turned out to be taken by guests that nobody shows us.
///
/// # Errors
/// See [`Blind`].
pub async fn observe(
    reach: &Reach,
    desired: &Desired,
    manifests: &[Manifests],
    taken_vmids: &BTreeSet<u32>,
) -> Result<Observed, Blind> {
    let host = host::observe(reach, desired).await?;
    let containers = container::observe(reach, desired).await?;
    let mut observed = Observed { host, containers, taken_vmids: taken_vmids.clone(), ..Observed::default() };
    let tag = tag_of(&desired.home);
    // Only what is ours is entered.
    let ours = observed.containers.iter().filter(|container| container.tags.contains(&tag) && container.is_running);
    let ours: Vec<_> = ours.filter_map(|container| container.address).collect();
    let nodes = desired.home.nodes.iter().filter(|node| ours.contains(&node.address.0));
    let seen = futures_util::future::join_all(nodes.map(|node| machine::observe(reach, node))).await;
    for (name, outcome) in seen {
        match outcome {
            Ok(machine) => drop(observed.machines.insert(name, machine)),
            Err(error) => drop(observed.silent.insert(name, error)),
        }
    }
    cluster::observe(reach, desired, manifests, &mut observed).await?;
    Ok(observed)
}
