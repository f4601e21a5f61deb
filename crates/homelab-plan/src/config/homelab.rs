//! Every section and key of `homelab.toml`: the types and the table are the same text.
//!
//! Behind each key stand its default (as TOML, `required`, or `absent`) and an example. The values are the decision
//! record's own where it names one; the comments say where others come from.

use super::key::{Form, Section, SectionKeys, section};
use super::value::{
    Address, ClockTime, Cores, Datastore, Day, DaysKept, DomainName, Fingerprint, GithubOwner, Hours, ImageVersion,
    K3sVersion, Money, Name, Network, ProxmoxName, ProxmoxUrl, ProxmoxUser, Role, SemanticVersion, Snapshotter, Text,
    TokenName, VlanTag, Vmid, Watts,
};
use crate::bytes::Bytes;
use crate::cpu::Cpu;

/// A whole home.
#[derive(Clone, Debug, PartialEq)]
pub struct Homelab {
    /// The cluster as a whole.
    pub cluster: Cluster,
    /// The host it runs on.
    pub proxmox: Proxmox,
    /// The network at home.
    pub network: LocalNetwork,
    /// What all nodes' containers have in common.
    pub container: Container,
    /// The nodes, in the order of the file.
    pub nodes: Vec<Node>,
    /// The Kubernetes distribution.
    pub k3s: K3s,
    /// Memory that is kept from services on each node.
    pub reserved: Reserved,
    /// What brings services from git to the cluster.
    pub argocd: ArgoCd,
    /// What services share.
    pub shared: Shared,
    /// What stays outside of the cluster.
    pub guests: Vec<Guest>,
    /// What new services have in common.
    pub services: Services,
    /// What the home may cost.
    pub budget: Budget,
    /// What its electricity costs.
    pub electricity: Electricity,
    /// What money of others is worth.
    pub exchange: Exchange,
}

/// What services share.
#[derive(Clone, Debug, PartialEq)]
pub struct Shared {
    /// The database.
    pub postgres: Postgres,
    /// The cache.
    pub valkey: Valkey,
}

impl Homelab {
    /// The node of something with a volume: the one the file names, else the first agent, which has more room than a server,
    /// else the first node. A node that is added later changes nothing, since a volume does not move.
    pub fn volume_node(&self, named: Option<&Name>) -> Option<&Node> {
        match named {
            Some(name) => self.nodes.iter().find(|node| node.name == *name),
            None => self.nodes.iter().find(|node| node.role == Role::Agent).or(self.nodes.first()),
        }
    }
}

/// Every section, in the order of the documentation and of a new file.
pub const SECTIONS: &[SectionKeys] = &[
    once::<Cluster>("cluster"),
    once::<Proxmox>("proxmox"),
    once::<LocalNetwork>("network"),
    once::<Container>("container"),
    many::<Node>("nodes"),
    once::<K3s>("k3s"),
    once::<Reserved>("reserved"),
    once::<ArgoCd>("argocd"),
    once::<Postgres>("shared.postgres"),
    once::<Valkey>("shared.valkey"),
    many::<Guest>("guests"),
    once::<Services>("services"),
    once::<Budget>("budget"),
    once::<Electricity>("electricity"),
    once::<Exchange>("exchange"),
];

const fn once<S: Section>(path: &'static str) -> SectionKeys {
    SectionKeys { path, form: Form::Once, doc: S::DOC, keys: S::KEYS }
}

const fn many<S: Section>(path: &'static str) -> SectionKeys {
    SectionKeys { path, form: Form::Many, doc: S::DOC, keys: S::KEYS }
}

section! {
    /// The cluster as a whole.
    pub struct Cluster {
        /// What the cluster is called: the context in your kubeconfig, the tag on its containers, and the word that
        /// `homelab down` asks for.
        name: Name = r#""home""#, r#""home""#;
    }
}

section! {
    /// The Proxmox host. No password and no token secret stands here: they are asked for, or come from
    /// `HOMELAB_PROXMOX_PASSWORD` or `HOMELAB_PROXMOX_TOKEN_SECRET`.
    pub struct Proxmox {
        /// Where its API answers.
        url: ProxmoxUrl = required, r#""https://192.168.0.10:8006""#;
        /// What the host calls itself in Proxmox.
        node: ProxmoxName = r#""pve""#, r#""pve""#;
        /// Who logs in. Only `root@pam`, with its password, may set `keyctl`.
        user: ProxmoxUser = r#""root@pam""#, r#""homelab@pve""#;
        /// The name of the user's API token. Without it, the user logs in with a password.
        token: Option<TokenName> = absent, r#""homelab""#;
        /// The fingerprint of the host's certificate. Without it, the certificate must come from an authority that this
        /// computer trusts.
        fingerprint: Option<Fingerprint> = absent, r#""8C:1F:64:2B:90:D3:57:0E:AB:46:F8:39:C2:7D:15:E0:61:9A:B4:2E:DD:08:73:5F:A6:C1:3C:84:EB:92:50:17""#;
        /// How much memory the host has. With it, nodes and guests that ask for more than that are refused.
        memory: Option<Bytes> = absent, r#""32GiB""#;
    }
}

section! {
    /// The network at home.
    pub struct LocalNetwork {
        /// The bridge of the host that containers are connected to.
        bridge: ProxmoxName = r#""vmbr0""#, r#""vmbr0""#;
        /// The virtual network they are in. Without it, the bridge's own.
        vlan: Option<VlanTag> = absent, "20";
        /// The network that all nodes' addresses are in.
        subnet: Network = r#""192.168.0.0/24""#, r#""192.168.0.0/24""#;
        /// The router.
        gateway: Address = r#""192.168.0.1""#, r#""192.168.0.1""#;
        /// Who nodes ask for names. An empty list means: whom the host asks.
        dns: Vec<Address> = "[]", r#"["192.168.0.1"]"#;
    }
}

section! {
    /// What all nodes' containers have in common. They are always unprivileged, and without swap.
    pub struct Container {
        /// The start of the name of the container template, as `pveam available` lists it. The newest that fits is taken.
        template: Text = r#""ubuntu-24.04-standard""#, r#""ubuntu-24.04-standard""#;
        /// The storage for the template.
        template_storage: ProxmoxName = r#""local""#, r#""local""#;
        /// The storage for the containers' disks. On ext4 (LVM-thin, LVM or a directory) image layers are laid over each
        /// other; on ZFS that depends on the host.
        storage: ProxmoxName = r#""local-lvm""#, r#""local-lvm""#;
        /// Lets containers run inside the container. K3s needs it.
        nesting: bool = "true", "true";
        /// Lets containers keep keys in the kernel, as the decision record has it. Proxmox lets only `root@pam` set it, with
        /// the password; K3s most likely runs without it, and an API token is enough then.
        keyctl: bool = "true", "false";
        /// The public key that may log in to the nodes, as a path on this computer.
        ssh_public_key: Text = r#""~/.ssh/id_ed25519.pub""#, r#""~/.ssh/id_ed25519.pub""#;
        /// Whether the nodes start with the host.
        start_on_boot: bool = "true", "true";
    }
}

section! {
    /// One container that is a node of the cluster.
    pub struct Node {
        /// Its host name, and its name in the cluster.
        name: Name = required, r#""k1""#;
        /// `"server"` runs the control plane, `"agent"` does not; both run services. Servers keep a majority, so their
        /// number is odd.
        role: Role = required, r#""server""#;
        /// Its address in `network.subnet`.
        address: Address = required, r#""192.168.0.41""#;
        /// Its number in Proxmox. Without it, the next free one.
        vmid: Option<Vmid> = absent, "141";
        /// Processor cores.
        cores: Cores = "2", "2";
        /// Memory, a whole number of MiB.
        memory: Bytes = r#""6GiB""#, r#""6GiB""#;
        /// Disk, a whole number of GiB. It holds images, and the volumes of what runs here; it can grow, never shrink.
        disk: Bytes = r#""50GiB""#, r#""50GiB""#;
    }
}

section! {
    /// The Kubernetes distribution.
    pub struct K3s {
        /// The release, pinned. `homelab upgrade` moves it, one minor version at a time.
        version: K3sVersion = r#""v1.36.2+k3s1""#, r#""v1.36.2+k3s1""#;
        /// Where the cluster keeps what it knows. `"etcd"` takes snapshots by itself and allows more servers; `"sqlite"` needs
        /// some 256 MiB less, and allows one.
        datastore: Datastore = r#""etcd""#, r#""sqlite""#;
        /// The addresses of pods. Must not overlap with the network at home.
        pod_network: Network = r#""10.42.0.0/16""#, r#""10.42.0.0/16""#;
        /// The addresses of services. Must not overlap with either.
        service_network: Network = r#""10.43.0.0/16""#, r#""10.43.0.0/16""#;
        /// How image layers are put together. `"auto"` tries on the node.
        snapshotter: Snapshotter = r#""auto""#, r#""overlayfs""#;
    }
}

section! {
    /// Memory that is kept from services on each node. K3s by itself keeps nothing: the kernel then decides who dies, and
    /// may choose K3s.
    pub struct Reserved {
        /// For K3s on a server: control plane, datastore and kubelet. K3s measures 896 MB with etcd and work to do, and 768 MB
        /// with SQLite; people see up to 1.3 GB.
        server: Bytes = r#""1280MiB""#, r#""1024MiB""#;
        /// For K3s on an agent. K3s measures 256 MB.
        agent: Bytes = r#""384MiB""#, r#""384MiB""#;
        /// For the system on every node: systemd, SSH, logs.
        system: Bytes = r#""256MiB""#, r#""256MiB""#;
        /// When less than this is free, pods are moved away in good order instead of being killed.
        eviction: Bytes = r#""256MiB""#, r#""256MiB""#;
    }
}

section! {
    /// Argo CD brings services from git to the cluster.
    pub struct ArgoCd {
        /// The version of its chart, pinned.
        version: SemanticVersion = r#""10.1.1""#, r#""10.1.1""#;
        /// Memory of the application controller. It grows with the number of Applications: 400 to 800 MiB are reported for 12
        /// to 15.
        controller_memory: Bytes = r#""512MiB""#, r#""512MiB""#;
        /// Memory of the repository server, which renders manifests; about 180 MiB are reported.
        repo_server_memory: Bytes = r#""256MiB""#, r#""256MiB""#;
        /// Memory of the API and the pages.
        server_memory: Bytes = r#""192MiB""#, r#""192MiB""#;
        /// Memory of its cache; about 22 MiB are reported.
        redis_memory: Bytes = r#""64MiB""#, r#""64MiB""#;
    }
}

section! {
    /// The database that services share, each with its own role and database in it.
    pub struct Postgres {
        /// The version, at least its major number.
        version: ImageVersion = r#""18""#, r#""18""#;
        /// Memory.
        memory: Bytes = r#""768MiB""#, r#""1GiB""#;
        /// Processor time that is kept for it.
        cpu: Cpu = r#""250m""#, r#""250m""#;
        /// Disk, on the node it runs on.
        storage: Bytes = r#""10GiB""#, r#""20GiB""#;
        /// The node it runs on; its disk is there and does not move. Without it, the first agent.
        node: Option<Name> = absent, r#""k2""#;
        /// When everything is dumped, each night, in Universal Time.
        dump_at: ClockTime = r#""18:30""#, r#""18:30""#;
        /// For how many days dumps are kept.
        dumps_kept_days: DaysKept = "14", "14";
    }
}

section! {
    /// The cache and bus that services share. It speaks the protocol of Redis.
    pub struct Valkey {
        /// The version, at least its major number.
        version: ImageVersion = r#""8""#, r#""8.1""#;
        /// Memory.
        memory: Bytes = r#""128MiB""#, r#""256MiB""#;
        /// Processor time that is kept for it.
        cpu: Cpu = r#""50m""#, r#""50m""#;
        /// Disk, on the node it runs on.
        storage: Bytes = r#""1GiB""#, r#""1GiB""#;
        /// The node it runs on; its disk is there and does not move. Without it, the first agent.
        node: Option<Name> = absent, r#""k2""#;
    }
}

section! {
    /// A container or virtual machine that stays outside of the cluster. `homelab` never touches it; it is written down so
    /// that its address and memory are accounted for, and so that the reason is not forgotten.
    pub struct Guest {
        /// What it is called.
        name: Name = required, r#""jellyfin""#;
        /// Why it is not in the cluster.
        reason: Text = required, r#""a large library, hardware decoding, one instance""#;
        /// Its address, if it has a fixed one.
        address: Option<Address> = absent, r#""192.168.0.31""#;
        /// Its number in Proxmox.
        vmid: Option<Vmid> = absent, "131";
        /// Its memory. Counts against `proxmox.memory`.
        memory: Option<Bytes> = absent, r#""4GiB""#;
    }
}

section! {
    /// What new services have in common.
    pub struct Services {
        /// Whose repositories and images they are, on GitHub.
        github_owner: Option<GithubOwner> = absent, r#""TakashiAihara""#;
        /// The domain that services get their names in.
        domain: DomainName = r#""home.arpa""#, r#""home.example.net""#;
        /// Memory of a service that asks for nothing else.
        memory: Bytes = r#""256MiB""#, r#""512MiB""#;
        /// Processor time that is kept for a service that asks for nothing else.
        cpu: Cpu = r#""50m""#, r#""100m""#;
    }
}

section! {
    /// What the home may cost.
    pub struct Budget {
        /// Yen a month.
        yen_per_month: Money = "1000", "1000";
    }
}

section! {
    /// What the home's electricity costs. The watts make about ¥1,000 a month at this price, which is the decision record's
    /// figure; a meter at the wall knows better.
    pub struct Electricity {
        /// The price of a kilowatt hour. 31 is the guideline that Japanese appliance makers compare with.
        yen_per_kwh: Money = "31", "40.58";
        /// What the host draws while little happens.
        watts_idle: Watts = "40", "12";
        /// What it draws while it works.
        watts_loaded: Watts = "65", "30";
        /// How many hours a day it works.
        loaded_hours_per_day: Hours = "4", "2.5";
        /// What the rest of the household uses in a month. With it, the host is also priced on top of that, by the tiers of the
        /// tariff: its kilowatt hours are the dearest ones.
        household_kwh_per_month: Option<Money> = absent, "260";
    }
}

section! {
    /// What money of others is worth in yen. Prices in a currency without a rate are shown in that currency alone.
    pub struct Exchange {
        /// Yen for a US dollar. 150 is the decision record's rate.
        yen_per_usd: Money = "150", "150";
        /// Yen for a euro.
        yen_per_eur: Option<Money> = absent, "170";
        /// The day of the rates.
        as_of: Option<Day> = absent, "2026-01-31";
    }
}
