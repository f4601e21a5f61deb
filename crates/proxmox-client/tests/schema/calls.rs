//! One of each call, with every parameter it can carry, and again with as few as it can.

use proxmox_client::nodes::lxc::{self, Create, Delete, Disk, Settings, config, snapshot, status};
use proxmox_client::nodes::storage::download_url::{self, Checksum, Download};
use proxmox_client::nodes::{self, aplinfo, tasks, vzdump};
use proxmox_client::value::{Features, Network, Size, Startup, Tags, Volume};
use proxmox_client::{NodeName, PoolId, Request, Secret, StorageId, Upid, Vmid, access, cluster, pools, version};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A call without its type.
pub(crate) struct Call {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) form: String,
    /// Whether an answer is understood.
    pub(crate) decode: fn(&Value) -> Result<(), String>,
}

fn call<T: DeserializeOwned>(request: &Request<T>) -> Call {
    let http = request.to_http();
    let below_root = http.path_and_query.strip_prefix("/api2/json").unwrap();
    let (path, query) = below_root.split_once('?').unwrap_or((below_root, ""));
    let body = String::from_utf8(http.body).unwrap();
    assert!(query.is_empty() || body.is_empty(), "parameters stand in one place: {request:?}");
    let decode =
        |value: &Value| serde_json::from_value::<T>(value.clone()).map(drop).map_err(|cause| cause.to_string());
    Call { method: http.method.as_str().to_owned(), path: path.to_owned(), form: query.to_owned() + &body, decode }
}

struct Home {
    node: NodeName,
    vmid: Vmid,
    storage: StorageId,
    pool: PoolId,
    upid: Upid,
}

fn home() -> Home {
    Home {
        node: "pve-1".parse().unwrap(),
        vmid: "101".parse().unwrap(),
        storage: "local-lvm".parse().unwrap(),
        pool: "homelab".parse().unwrap(),
        upid: "UPID:pve-1:0003B2F1:02C8A9D4:65A0F3C2:vzcreate:101:root@pam!up:".parse().unwrap(),
    }
}

/// Every setting there is.
fn settings(home: &Home) -> Settings {
    let network: Network = "name=eth0,bridge=vmbr0,ip=192.168.0.41/24,gw=192.168.0.1,ip6=fd00::41/64,gw6=fd00::1,\
        hwaddr=BC:24:11:0A:0B:0C,firewall=0,tag=10,mtu=1500,type=veth"
        .parse()
        .unwrap();
    let mut data = Volume::new(home.storage.clone(), Size::mib(1536)).mounted_at("/var/lib/rancher");
    data.backup = Some(true);
    data.ro = Some(false);
    let found: Volume = "local-lvm:vm-101-disk-0,size=50G,mountoptions=noatime;nosuid".parse().unwrap();
    Settings {
        hostname: Some("k1".to_owned()),
        description: Some("The first; 読む".to_owned()),
        cores: Some(2),
        cpulimit: Some(1.5),
        cpuunits: Some(100),
        memory_mib: Some(6144),
        swap_mib: Some(0),
        rootfs: Some(found),
        mount_points: [(0, data)].into(),
        networks: [(0, network.clone()), (31, network)].into(),
        features: Some("nesting=1,keyctl=1,fuse=1,mknod=1,force_rw_sys=1,mount=nfs;cifs".parse::<Features>().unwrap()),
        nameserver: Some("192.168.0.1 fd00::1".to_owned()),
        searchdomain: Some("home.arpa".to_owned()),
        timezone: Some("Asia/Tokyo".to_owned()),
        onboot: Some(true),
        startup: Some(Startup { order: Some(1), up: Some(30), down: Some(60) }),
        tags: Some(Tags::read("homelab;k3s")),
        protection: Some(false),
    }
}

/// Every call, with all it can carry.
pub(crate) fn all() -> Vec<Call> {
    let home = home();
    [outside(&home), on_nodes(&home), on_containers(&home)].into_iter().flatten().collect()
}

fn outside(home: &Home) -> Vec<Call> {
    let secret = || Secret::new("a;b&c=d+e");
    vec![
        call(&version::get()),
        call(&access::ticket::create("root@pam", secret())),
        call(&access::ticket::renew("root@pam", secret())),
        call(&access::ticket::answer_totp("root@pam", secret(), &secret())),
        call(&access::permissions::get()),
        call(&access::permissions::get_path("/vms/101")),
        call(&access::roles::list()),
        call(&access::roles::create("Homelab", &["VM.Allocate", "VM.Config.CPU"])),
        call(&cluster::nextid::get()),
        call(&cluster::nextid::check(home.vmid)),
        call(&cluster::resources::guests()),
        call(&cluster::status::get()),
        call(&pools::list()),
        call(&pools::create(&home.pool, Some("Ours"))),
        call(&pools::add(&home.pool, &[home.vmid])),
        call(&pools::delete(&home.pool)),
    ]
}

fn on_nodes(home: &Home) -> Vec<Call> {
    let Home { node, vmid, storage, upid, .. } = home;
    let download = Download {
        url: "https://download.example/a.tar.zst?x=1;y=2".to_owned(),
        filename: "a.tar.zst".to_owned(),
        checksum: Some(Checksum { algorithm: "sha512".to_owned(), digits: "ab".repeat(64) }),
    };
    let backup = vzdump::Backup {
        vmids: vec![*vmid, "102".parse().unwrap()],
        storage: storage.clone(),
        mode: vzdump::Mode::Snapshot,
        remove_old: Some(false),
        notes: Some("{{guestname}}".to_owned()),
        protected: Some(true),
    };
    let filter = tasks::Filter {
        vmid: Some(*vmid),
        kind: Some("vzdump".to_owned()),
        since: Some(1_700_000_000),
        limit: Some(10),
        running: true,
    };
    let mut calls = vec![
        call(&nodes::list()),
        call(&nodes::status::get(node)),
        call(&nodes::apt::versions(node)),
        call(&nodes::network::list(node)),
        call(&nodes::network::bridges(node)),
        call(&nodes::dns::get(node)),
        call(&nodes::time::get(node)),
        call(&nodes::query_url_metadata::get(node, "https://download.example/a")),
        call(&aplinfo::list(node)),
        call(&aplinfo::download(node, storage, "ubuntu-24.04-standard_24.04-2_amd64.tar.zst")),
        call(&nodes::storage::list(node)),
        call(&nodes::storage::content::list(node, storage, "vztmpl", Some(*vmid))),
        call(&nodes::storage::content::delete(node, storage, "local-lvm:vztmpl/a.tar.zst")),
        call(&download_url::template(node, storage, &download)),
        call(&tasks::list(node, &filter)),
        call(&tasks::stop(upid)),
        call(&tasks::status::get(upid)),
        call(&tasks::log::get(upid, 500, 500)),
    ];
    calls.extend([vzdump::Mode::Snapshot, vzdump::Mode::Suspend, vzdump::Mode::Stop].map(|mode| {
        let backup = vzdump::Backup { mode, ..backup.clone() };
        call(&vzdump::create(node, &backup))
    }));
    calls
}

fn on_containers(home: &Home) -> Vec<Call> {
    let Home { node, vmid, storage, pool, .. } = home;
    let name = "before_upgrade".parse().unwrap();
    let mut create = Create::new(*vmid, "local:vztmpl/ubuntu-24.04-standard_24.04-2_amd64.tar.zst");
    create.password = Some(Secret::new("a;b&c=d"));
    create.ssh_public_keys = vec!["ssh-ed25519 AAAA+/= a".to_owned(), "ssh-ed25519 BBBB b".to_owned()];
    create.pool = Some(pool.clone());
    create.settings = settings(home);
    create.settings.rootfs = Some(Volume::new(storage.clone(), Size::gib(50)));
    let change = config::Change {
        settings: settings(home),
        delete: vec!["mp1".to_owned(), "nameserver".to_owned()],
        digest: Some("da39a3ee5e6b4b0d3255bfef95601890afd80709".to_owned()),
    };
    let delete = Delete { purge: true, destroy_unreferenced_disks: Some(true) };
    vec![
        call(&lxc::list(node)),
        call(&lxc::create(node, &create)),
        call(&lxc::delete(node, *vmid, delete)),
        call(&config::get(node, *vmid)),
        call(&config::get_current(node, *vmid)),
        call(&config::put(node, *vmid, &change)),
        call(&lxc::pending::get(node, *vmid)),
        call(&lxc::interfaces::get(node, *vmid)),
        call(&lxc::feature::snapshot(node, *vmid)),
        call(&lxc::resize(node, *vmid, Disk::Rootfs, Size::gib(60))),
        call(&lxc::resize(node, *vmid, Disk::MountPoint(255), Size::mib(1536))),
        call(&status::current(node, *vmid)),
        call(&status::start(node, *vmid)),
        call(&status::stop(node, *vmid)),
        call(&status::shutdown(node, *vmid, Some(90), true)),
        call(&status::reboot(node, *vmid, Some(90))),
        call(&snapshot::list(node, *vmid)),
        call(&snapshot::create(node, *vmid, &name, Some("Before; after"))),
        call(&snapshot::rollback(node, *vmid, &name, true)),
        call(&snapshot::delete(node, *vmid, &name)),
    ]
}

/// The calls that can carry parameters, with as few as they can.
pub(crate) fn empty() -> Vec<Call> {
    let Home { node, vmid, storage, pool, .. } = home();
    let name = "before_upgrade".parse().unwrap();
    let download = Download { url: "http://a.example/b".to_owned(), filename: "b.tar.zst".to_owned(), checksum: None };
    let backup = vzdump::Backup {
        vmids: vec![vmid],
        storage: storage.clone(),
        mode: vzdump::Mode::Snapshot,
        remove_old: None,
        notes: None,
        protected: None,
    };
    vec![
        call(&lxc::create(&node, &Create::new(vmid, "local:vztmpl/a.tar.zst"))),
        call(&lxc::delete(&node, vmid, Delete::default())),
        call(&config::put(&node, vmid, &config::Change::default())),
        call(&status::shutdown(&node, vmid, None, false)),
        call(&status::reboot(&node, vmid, None)),
        call(&snapshot::create(&node, vmid, &name, None)),
        call(&snapshot::rollback(&node, vmid, &name, false)),
        call(&nodes::storage::content::list(&node, &storage, "vztmpl", None)),
        call(&download_url::template(&node, &storage, &download)),
        call(&vzdump::create(&node, &backup)),
        call(&tasks::list(&node, &tasks::Filter::default())),
        call(&pools::create(&pool, None)),
    ]
}
