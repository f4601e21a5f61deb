//! One container, as the host keeps it.

use std::collections::BTreeMap;

use super::property;
use crate::home::Guest;

/// A container.
#[derive(Clone, Debug)]
pub(crate) struct Container {
    pub(crate) vmid: u32,
    /// Its configuration as saved: `net0`, `rootfs`, `features`, …
    pub(crate) config: BTreeMap<String, String>,
    /// What a running container takes over at its next start.
    pub(crate) pending: BTreeMap<String, String>,
    pub(crate) is_running: bool,
    /// What holds it: `create`, `backup`, `snapshot`, …
    pub(crate) lock: Option<String>,
    /// How often it was changed, which is what the digest shows.
    pub(crate) changes: u64,
}

impl Container {
    pub(crate) fn foreign(guest: &Guest) -> Self {
        let config = [
            ("hostname", guest.hostname.clone()),
            ("memory", guest.memory.to_string()),
            ("cores", "2".to_owned()),
            ("rootfs", format!("local-lvm:vm-{}-disk-0,size=16G", guest.vmid)),
            ("net0", format!("name=eth0,bridge=vmbr0,ip={},gw=192.168.0.1,type=veth", guest.address)),
            ("unprivileged", "1".to_owned()),
            ("ostype", "debian".to_owned()),
        ];
        Self {
            vmid: guest.vmid,
            config: config.into_iter().map(|(key, value)| (key.to_owned(), value)).collect(),
            pending: BTreeMap::new(),
            is_running: true,
            lock: None,
            changes: 0,
        }
    }

    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        self.config.get(key).map(String::as_str)
    }

    pub(crate) fn memory_bytes(&self) -> u64 {
        // 512 MiB is the default of the schema.
        self.get("memory").and_then(|memory| memory.parse::<u64>().ok()).unwrap_or(512) << 20
    }

    /// The IPv4 address of `net0`, without the prefix length.
    pub(crate) fn address(&self) -> Option<String> {
        let net = property::parse(self.get("net0")?, None).ok()?;
        net.get("ip")?.split('/').next().map(str::to_owned)
    }

    /// The volume of the root file system.
    pub(crate) fn root_volume(&self) -> Option<String> {
        property::parse(self.get("rootfs")?, Some("volume")).ok()?.get("volume").cloned()
    }

    /// GiB of the root file system.
    pub(crate) fn root_gib(&self) -> Option<f64> {
        let root = property::parse(self.get("rootfs")?, Some("volume")).ok()?;
        root.get("size")?.strip_suffix('G')?.parse().ok()
    }

    /// A name for this state of the configuration.
    pub(crate) fn digest(&self) -> String {
        format!("{:040x}", u128::from(self.vmid) << 64 | u128::from(self.changes))
    }
}
