//! What should be: `homelab.toml`, and the manifests that go to the cluster.

use std::collections::BTreeSet;

use crate::bytes::Bytes;
use crate::config::{Address, Datastore, Homelab, Node, Role, VlanTag, Vmid};

/// What should be.
#[derive(Clone, Debug)]
pub struct Desired {
    /// The file.
    pub home: Homelab,
    /// What is brought to the cluster, in the order in which a person would do it.
    pub components: Vec<Component>,
}

/// Some manifests that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Component {
    /// What it is called: `argocd`, `postgres`, `valkey`.
    pub name: String,
    /// Names the manifests as they are now.
    pub hash: String,
    /// The secret that it needs before it can start, as `namespace/name`.
    pub secret: Option<String>,
}

/// A container as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContainerSpec {
    /// Its host name.
    pub name: String,
    /// What the node is.
    pub role: Role,
    /// The number that the file gives it.
    pub vmid: Option<u32>,
    /// Processor cores.
    pub cores: u32,
    /// Memory.
    pub memory: Bytes,
    /// The size of its root file system.
    pub disk: Bytes,
    /// The storage of its root file system.
    pub storage: String,
    /// Its address.
    pub address: Address,
    /// The length of the network's prefix.
    pub prefix: u8,
    /// Its router.
    pub gateway: Address,
    /// Name servers; none means those of the host.
    pub dns: Vec<Address>,
    /// The bridge it is connected to.
    pub bridge: String,
    /// Its VLAN.
    pub vlan: Option<u32>,
    /// Features that are on.
    pub features: BTreeSet<String>,
    /// Our tag.
    pub tag: String,
    /// Whether it starts with the host.
    pub starts_on_boot: bool,
    /// Its place in the order of starting: servers first.
    pub startup_order: u32,
}

/// The tag by which we know what is ours.
pub fn tag_of(home: &Homelab) -> String {
    format!("homelab-{}", home.cluster.name.as_str())
}

impl Desired {
    /// The container of `node`.
    pub fn container(&self, node: &Node) -> ContainerSpec {
        let home = &self.home;
        let features = [("nesting", home.container.nesting), ("keyctl", home.container.keyctl)];
        ContainerSpec {
            name: node.name.as_str().to_owned(),
            role: node.role,
            vmid: node.vmid.map(Vmid::get),
            cores: node.cores.get(),
            memory: node.memory,
            disk: node.disk,
            storage: home.container.storage.as_str().to_owned(),
            address: node.address,
            prefix: home.network.subnet.prefix(),
            gateway: home.network.gateway,
            dns: home.network.dns.clone(),
            bridge: home.network.bridge.as_str().to_owned(),
            vlan: home.network.vlan.map(VlanTag::get),
            features: features.into_iter().filter(|(_, is_on)| *is_on).map(|(name, _)| name.to_owned()).collect(),
            tag: tag_of(home),
            starts_on_boot: home.container.start_on_boot,
            startup_order: match node.role {
                Role::Server => 1,
                Role::Agent => 2,
            },
        }
    }

    /// The server that begins the cluster, and that the others join.
    pub fn first_server(&self) -> Option<&Node> {
        self.home.nodes.iter().find(|node| node.role == Role::Server)
    }

    /// Whether the cluster's state lies in etcd.
    pub fn has_etcd(&self) -> bool {
        self.home.k3s.datastore == Datastore::Etcd
    }
}
