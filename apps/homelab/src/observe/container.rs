//! Containers, as Proxmox tells of them.

use std::collections::BTreeSet;

use homelab_plan::bytes::Bytes;
use homelab_plan::plan::{ContainerSeen, Desired, tag_of};
use proxmox_client::NodeName;
use proxmox_client::nodes::lxc::{self, Container, config};
use proxmox_client::value::{Address, Features, Source};

use super::patience::look;
use super::{Blind, parse};
use crate::reach::Reach;

/// All containers of the host that our login may see.
///
/// # Errors
/// The host does not tell.
pub async fn observe(reach: &Reach, desired: &Desired) -> Result<Vec<ContainerSeen>, Blind> {
    let node = parse::node(desired.home.proxmox.node.as_str())?;
    let tag = tag_of(&desired.home);
    let mut seen = Vec::new();
    for container in look(&reach.proxmox, &lxc::list(&node)).await? {
        // A container that goes away between two calls was not there.
        match one(reach, &node, &container).await {
            Ok(container) => seen.push(container),
            Err(error) if error.is_absent() => {}
            // Somebody else's that we may not look into is left alone all the same.
            Err(proxmox_client::Error::Forbidden { .. }) if !container.tags().iter().any(|found| found == tag) => {
                seen.push(ContainerSeen {
                    vmid: container.vmid.get(),
                    name: container.name.clone().unwrap_or_default(),
                    is_running: container.is_running(),
                    ..ContainerSeen::default()
                });
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(seen)
}

async fn one(reach: &Reach, node: &NodeName, container: &Container) -> Result<ContainerSeen, proxmox_client::Error> {
    let coming = look(&reach.proxmox, &config::get(node, container.vmid)).await?;
    let current = look(&reach.proxmox, &config::get_current(node, container.vmid)).await?;
    let network = current.networks().ok().and_then(|mut networks| networks.remove(&0));
    let fixed = network.as_ref().and_then(|network| match network.ip {
        Some(Address::Static(cidr)) => Some(cidr),
        _ => None,
    });
    let storage = current.rootfs().ok().flatten().and_then(|volume| match volume.source {
        Source::New { storage, .. } | Source::Existing { storage, .. } => Some(storage.as_str().to_owned()),
        Source::Path(_) => None,
    });
    let features = names(&current.features().unwrap_or_default());
    let coming_features = names(&coming.features().unwrap_or_default());
    Ok(ContainerSeen {
        vmid: container.vmid.get(),
        name: current.hostname().unwrap_or_default().to_owned(),
        tags: current.tags().iter().map(str::to_owned).collect(),
        is_running: container.is_running(),
        lock: current.lock().map(str::to_owned),
        cores: current.cores(),
        memory: Bytes::mib(current.memory_mib().into()),
        swap: Bytes::mib(current.swap_mib().into()),
        disk: Bytes::new(current.rootfs_size().map_or(0, proxmox_client::value::Size::as_bytes)),
        storage: storage.unwrap_or_default(),
        address: fixed.map(|cidr| cidr.address),
        prefix: fixed.map(|cidr| cidr.prefix),
        gateway: network.as_ref().and_then(|network| network.gw),
        bridge: network.as_ref().and_then(|network| network.bridge.clone()),
        vlan: network.as_ref().and_then(|network| network.tag).map(u32::from),
        hardware_address: network.and_then(|network| network.hwaddr),
        pending_features: (coming_features != features).then_some(coming_features),
        features,
        is_unprivileged: current.is_unprivileged(),
        starts_on_boot: current.starts_on_boot(),
        startup_order: current.startup().ok().and_then(|startup| startup.order),
    })
}

fn names(features: &Features) -> BTreeSet<String> {
    let switches = [
        ("nesting", features.nesting),
        ("keyctl", features.keyctl),
        ("fuse", features.fuse),
        ("mknod", features.mknod),
        ("force_rw_sys", features.force_rw_sys),
    ];
    switches.into_iter().filter(|(_, is_on)| *is_on).map(|(name, _)| name.to_owned()).collect()
}
