//! What a home is before anything is done to it.

use std::collections::BTreeMap;

/// A home: one Proxmox VE host and what is on it.
#[derive(Clone, Debug)]
pub struct Home {
    /// The node's name.
    pub node: String,
    /// The version of Proxmox VE, such as `9.1.3`.
    pub version: String,
    /// The version of each package that matters, such as `lxc-pve`.
    pub packages: BTreeMap<String, String>,
    /// Kernel modules that are loaded on the host.
    pub modules: Vec<String>,
    /// Memory of the host, bytes.
    pub memory: u64,
    /// Processors of the host.
    pub cpus: u32,
    /// Bridges of the host.
    pub bridges: Vec<String>,
    /// Places for volumes and files.
    pub storages: Vec<Storage>,
    /// Who may sign in.
    pub users: Vec<User>,
    /// Templates that can be downloaded: the file's name.
    pub templates: Vec<String>,
    /// Containers that were there before, and belong to somebody else.
    pub guests: Vec<Guest>,
    /// Numbers of virtual machines.
    pub virtual_machines: Vec<u32>,
    /// Addresses of computers that are not on this host, and answer over SSH.
    pub neighbours: Vec<String>,
}

/// A place for volumes and files.
#[derive(Clone, Debug)]
pub struct Storage {
    /// Its name.
    pub name: String,
    /// `dir`, `lvmthin` or `zfspool`.
    pub kind: String,
    /// What may be in it: `vztmpl`, `rootdir`, `backup`, `iso`, `images`.
    pub content: Vec<String>,
    /// Bytes in all.
    pub total: u64,
    /// Bytes taken before we come.
    pub used: u64,
}

/// Somebody who may sign in.
#[derive(Clone, Debug)]
pub struct User {
    /// `name@realm`.
    pub name: String,
    /// The password, for those who sign in with one.
    pub password: Option<String>,
    /// The six digits that the second factor shows at all times, for those who have one.
    pub totp: Option<String>,
    /// Tokens: identifier and secret.
    pub tokens: Vec<(String, String)>,
    /// Privileges by path; they hold below the path too. `root@pam` needs none.
    pub privileges: Vec<(String, Vec<String>)>,
}

/// A container of somebody else.
#[derive(Clone, Debug)]
pub struct Guest {
    /// Its number.
    pub vmid: u32,
    /// Its host name.
    pub hostname: String,
    /// Its address with the prefix length.
    pub address: String,
    /// Memory, MiB.
    pub memory: u64,
}

/// The password of `root@pam` in [`Home::default`].
pub const ROOT_PASSWORD: &str = "a password of the simulation";

/// The token of `homelab@pve` in [`Home::default`]: identifier and secret.
pub const TOKEN: (&str, &str) = ("cluster", "00000000-0000-4000-8000-000000000000");

/// What `homelab@pve` may do, and where: enough for containers without `keyctl`.
const ROLE: &[(&str, &[&str])] = &[
    (
        "/vms",
        &[
            "VM.Allocate",
            "VM.Audit",
            "VM.PowerMgmt",
            "VM.Config.CPU",
            "VM.Config.Memory",
            "VM.Config.Disk",
            "VM.Config.Network",
            "VM.Config.Options",
            "VM.Snapshot",
            "VM.Backup",
        ],
    ),
    ("/storage", &["Datastore.AllocateSpace", "Datastore.AllocateTemplate", "Datastore.Audit"]),
    ("/sdn/zones/localnetwork", &["SDN.Use"]),
    ("/nodes", &["Sys.Audit", "Sys.AccessNetwork"]),
    ("/pool", &["Pool.Audit", "Pool.Allocate"]),
];

const GIB: u64 = 1 << 30;

impl Default for Home {
    /// A small computer with 32 GiB, an LVM-thin pool, Jellyfin and Komga.
    fn default() -> Self {
        let storage = |name: &str, kind: &str, content: &[&str], total: u64, used: u64| Storage {
            name: name.to_owned(),
            kind: kind.to_owned(),
            content: content.iter().map(|kind| (*kind).to_owned()).collect(),
            total: total * GIB,
            used: used * GIB,
        };
        let guest = |vmid, hostname: &str, address: &str, memory| Guest {
            vmid,
            hostname: hostname.to_owned(),
            address: address.to_owned(),
            memory,
        };
        let packages = [
            ("pve-manager", "9.1.3"),
            ("pve-container", "6.1.10"),
            ("lxc-pve", "6.0.5-3"),
            ("lxcfs", "6.0.4-pve1"),
            ("zfsutils-linux", "2.3.4-pve1"),
        ];
        let modules = ["overlay", "br_netfilter", "nf_conntrack", "vxlan", "iptable_nat", "iptable_filter"];
        let privileges = ROLE
            .iter()
            .map(|(path, names)| ((*path).to_owned(), names.iter().map(|name| (*name).to_owned()).collect()));
        Self {
            node: "pve".to_owned(),
            version: "9.1.3".to_owned(),
            packages: packages.iter().map(|(name, version)| ((*name).to_owned(), (*version).to_owned())).collect(),
            modules: modules.iter().map(|module| (*module).to_owned()).collect(),
            memory: 32 * GIB,
            cpus: 8,
            bridges: vec!["vmbr0".to_owned()],
            storages: vec![
                storage("local", "dir", &["vztmpl", "iso", "backup"], 100, 12),
                storage("local-lvm", "lvmthin", &["rootdir", "images"], 500, 60),
            ],
            users: vec![
                User {
                    name: "root@pam".to_owned(),
                    password: Some(ROOT_PASSWORD.to_owned()),
                    totp: None,
                    tokens: Vec::new(),
                    privileges: Vec::new(),
                },
                User {
                    name: "homelab@pve".to_owned(),
                    password: None,
                    totp: None,
                    tokens: vec![(TOKEN.0.to_owned(), TOKEN.1.to_owned())],
                    privileges: privileges.collect(),
                },
            ],
            templates: vec![
                "debian-13-standard_13.1-2_amd64.tar.zst".to_owned(),
                "ubuntu-24.04-standard_24.04-2_amd64.tar.zst".to_owned(),
            ],
            guests: vec![guest(101, "jellyfin", "192.168.0.31/24", 4096), guest(102, "komga", "192.168.0.32/24", 2048)],
            virtual_machines: Vec::new(),
            neighbours: Vec::new(),
        }
    }
}
