//! Taking containers away again: ours, and no others.

use homelab_plan::plan::{ContainerSeen, Desired, tag_of};
use proxmox_client::nodes::lxc::{Delete, config, delete, status};
use proxmox_client::{Error, NodeName, Situation, Vmid};

use crate::observe::{Blind, containers};
use crate::reach::Reach;

/// The containers that carry our tag.
///
/// # Errors
/// The host does not tell.
pub async fn ours(reach: &Reach, desired: &Desired) -> Result<Vec<ContainerSeen>, Blind> {
    let tag = tag_of(&desired.home);
    let all = containers(reach, desired).await?;
    Ok(all.into_iter().filter(|container| container.tags.contains(&tag)).collect())
}

/// Stops and destroys a container of ours. One that is gone is gone.
///
/// # Errors
/// The host refuses, or the container does not carry our tag any more.
pub async fn remove(reach: &Reach, desired: &Desired, vmid: u32) -> Result<(), Blind> {
    let node: NodeName = name(desired.home.proxmox.node.as_str())?;
    let vmid: Vmid = name(&vmid.to_string())?;
    // Looked at again, right before: numbers are given anew.
    let seen = match reach.proxmox.send(&config::get(&node, vmid)).await {
        Err(error) if error.is_absent() => return Ok(()),
        seen => seen?,
    };
    let tag = tag_of(&desired.home);
    if !seen.tags().iter().any(|found| found == tag) {
        return Err(Blind::NotOurs { vmid: vmid.get() });
    }
    match reach.proxmox.run(&status::stop(&node, vmid)).await {
        Err(error) if error.situation() == Some(&Situation::NotRunning) => {}
        outcome => drop(outcome?),
    }
    let how = Delete { purge: true, ..Delete::default() };
    match reach.proxmox.run(&delete(&node, vmid, how)).await {
        Err(Error::OutcomeUnknown { .. }) if is_gone(reach, &node, vmid).await => Ok(()),
        outcome => Ok(outcome.map(drop)?),
    }
}

async fn is_gone(reach: &Reach, node: &NodeName, vmid: Vmid) -> bool {
    matches!(reach.proxmox.send(&config::get(node, vmid)).await, Err(error) if error.is_absent())
}

fn name<T: std::str::FromStr>(text: &str) -> Result<T, Blind> {
    text.parse().map_err(|_| Blind::BadName(text.to_owned()))
}
