//! What was seen, as plain values. Whoever looks fills this in; nothing here looks.

use core::net::Ipv4Addr;
use std::collections::{BTreeMap, BTreeSet};

use crate::bytes::Bytes;

/// A home as it was seen at one moment.
#[derive(Clone, Debug, Default)]
pub struct Observed {
    /// The Proxmox host.
    pub host: HostSeen,
    /// All containers that our login may see, ours and others.
    pub containers: Vec<ContainerSeen>,
    /// Numbers that turned out to be taken by guests that our login may not see.
    pub taken_vmids: BTreeSet<u32>,
    /// What is inside our running containers, by node name. A machine that does not answer is not in here.
    pub machines: BTreeMap<String, MachineSeen>,
    /// Why each machine that runs does not answer, by node name.
    pub silent: BTreeMap<String, String>,
    /// The cluster, where its API answers.
    pub cluster: Option<ClusterSeen>,
    /// Whether the kubeconfig on this computer leads to this cluster.
    pub has_kubeconfig: bool,
    /// Whether our context in the kubeconfig belongs to another cluster.
    pub has_foreign_kubeconfig: bool,
}

/// What was seen of the host.
#[derive(Clone, Debug, Default)]
pub struct HostSeen {
    /// Its version, such as `9.1.3`.
    pub version: String,
    /// Its nodes; one of them must be ours.
    pub nodes: Vec<String>,
    /// How we are signed in.
    pub login: Login,
    /// Privileges by path; empty for root, who has them all.
    pub privileges: BTreeMap<String, BTreeSet<String>>,
    /// Storages.
    pub storages: Vec<StorageSeen>,
    /// Bridges.
    pub bridges: Vec<String>,
    /// Versions of packages that matter. Empty where our login may not ask.
    pub packages: BTreeMap<String, String>,
    /// Templates that can be downloaded.
    pub appliances: Vec<Appliance>,
    /// Memory of the host.
    pub memory: Bytes,
}

/// How we are signed in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Login {
    /// `root@pam`, or `homelab@pve`.
    pub user: String,
    /// Whether it is a token. Proxmox lets no token set `keyctl`, not even root's.
    pub is_token: bool,
}

/// A template that can be downloaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appliance {
    /// The file's name.
    pub template: String,
}

/// What was seen of a storage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StorageSeen {
    /// Its name.
    pub name: String,
    /// `lvmthin`, `zfspool`, `dir`, …
    pub kind: String,
    /// What may be in it.
    pub content: BTreeSet<String>,
    /// Free bytes.
    pub free: Bytes,
    /// The templates in it, as volumes.
    pub templates: BTreeSet<String>,
}

/// What was seen of a container.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContainerSeen {
    /// Its number.
    pub vmid: u32,
    /// Its host name.
    pub name: String,
    /// Its tags.
    pub tags: BTreeSet<String>,
    /// Whether it runs.
    pub is_running: bool,
    /// What holds it, if something does.
    pub lock: Option<String>,
    /// Processor cores.
    pub cores: Option<u32>,
    /// Memory.
    pub memory: Bytes,
    /// Swap.
    pub swap: Bytes,
    /// The size of its root file system.
    pub disk: Bytes,
    /// The storage of its root file system.
    pub storage: String,
    /// Its address, if it is fixed.
    pub address: Option<Ipv4Addr>,
    /// The length of the network's prefix.
    pub prefix: Option<u8>,
    /// Its router.
    pub gateway: Option<Ipv4Addr>,
    /// The bridge it is connected to.
    pub bridge: Option<String>,
    /// Its VLAN.
    pub vlan: Option<u32>,
    /// The hardware address, which stays when the network changes.
    pub hardware_address: Option<String>,
    /// Features that are on.
    pub features: BTreeSet<String>,
    /// Features that are on from the next start on, where that differs.
    pub pending_features: Option<BTreeSet<String>>,
    /// Whether its root is nobody on the host.
    pub is_unprivileged: bool,
    /// Whether it starts with the host.
    pub starts_on_boot: bool,
    /// Its place in the order of starting.
    pub startup_order: Option<u32>,
}

/// What was seen inside a machine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MachineSeen {
    /// Whether the unit that shares `/` with pods is there as we write it, enabled, and ran.
    pub has_shared_mount: bool,
    /// Whether a trial mount of layers over each other worked.
    pub can_overlay: bool,
    /// K3s on it.
    pub k3s: K3sSeen,
}

/// What was seen of K3s on a machine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct K3sSeen {
    /// The version of the binary.
    pub version: Option<String>,
    /// Its configuration file, without the line of the token.
    pub config: Option<String>,
    /// Whether the configuration holds the token that the cluster has.
    pub has_token: bool,
    /// The unit.
    pub unit: Option<String>,
    /// Whether it starts with the machine.
    pub is_enabled: bool,
    /// Whether it runs.
    pub is_active: bool,
}

/// What was seen of the cluster.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClusterSeen {
    /// Its nodes by name.
    pub nodes: BTreeMap<String, NodeSeen>,
    /// What we brought to it, by name.
    pub components: BTreeMap<String, ComponentSeen>,
    /// Secrets of ours that are there, as `namespace/name`.
    pub secrets: BTreeSet<String>,
}

/// What was seen of a node.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NodeSeen {
    /// Whether it is ready.
    pub is_ready: bool,
    /// Its kubelet's version, such as `v1.36.2+k3s1`.
    pub version: String,
}

/// What was seen of something that we brought to the cluster.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ComponentSeen {
    /// The hash of the manifests that were applied last; none if an object is missing.
    pub hash: Option<String>,
    /// Whether all of it is ready.
    pub is_ready: bool,
    /// What it waits for.
    pub waits_for: Option<String>,
}

impl Observed {
    /// The storage of this name.
    pub fn storage(&self, name: &str) -> Option<&StorageSeen> {
        self.host.storages.iter().find(|storage| storage.name == name)
    }

    /// Whether our login holds `privilege` at `path`, or above it.
    pub fn may(&self, path: &str, privilege: &str) -> bool {
        let is_root = self.host.login.user == "root@pam";
        let is_above = |above: &str| above == "/" || path == above || path.starts_with(&format!("{above}/"));
        is_root
            || self.host.privileges.iter().any(|(above, privileges)| is_above(above) && privileges.contains(privilege))
    }
}
