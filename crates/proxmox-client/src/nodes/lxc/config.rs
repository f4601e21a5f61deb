//! `/nodes/{node}/lxc/{vmid}/config`: what a container has been told.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::Settings;
use crate::id::{NodeName, Vmid};
use crate::lenient;
use crate::request::{Done, Request};
use crate::value::{Features, Network, PropertyError, Size, Startup, Tags, Volume};

/// The configuration of a container, key by key. Values are parsed when they are asked for: one that cannot be read must not
/// hide the others, least of all in a container that is not ours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    values: BTreeMap<String, String>,
    raw: Vec<(String, String)>,
}

/// A change to a container's configuration.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    /// What to set.
    pub settings: Settings,
    /// Keys to remove.
    pub delete: Vec<String>,
    /// The digest that was read with the configuration: if somebody changed it since, the change is refused.
    pub digest: Option<String>,
}

/// The configuration as it will be after the next start.
pub fn get(node: &NodeName, vmid: Vmid) -> Request<Config> {
    Request::get(path(node, vmid))
}

/// The configuration that is in force now, without what waits for the next start.
pub fn get_current(node: &NodeName, vmid: Vmid) -> Request<Config> {
    get(node, vmid).with("current", true)
}

/// Changes the configuration, at once: there is no task. What a running container cannot take (`features` for one) waits for its
/// next start; see [`super::pending`]. A change of nothing is refused.
pub fn put(node: &NodeName, vmid: Vmid, change: &Change) -> Request<Done> {
    let delete = (!change.delete.is_empty()).then(|| change.delete.join(","));
    change
        .settings
        .add_to(Request::put(path(node, vmid)))
        .with_optional("delete", delete)
        .with_optional("digest", change.digest.as_deref())
}

fn path(node: &NodeName, vmid: Vmid) -> String {
    format!("{}/config", super::path(node, vmid))
}

impl Config {
    /// A value as text.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(String::as_str)
    }

    /// All keys and values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// The lines that only the file on the host can hold, such as `lxc.apparmor.profile`.
    pub fn raw(&self) -> &[(String, String)] {
        &self.raw
    }

    /// What a later change can be tied to.
    pub fn digest(&self) -> Option<&str> {
        self.get("digest")
    }

    /// Its name.
    pub fn hostname(&self) -> Option<&str> {
        self.get("hostname")
    }

    /// What holds its lock.
    pub fn lock(&self) -> Option<&str> {
        self.get("lock")
    }

    /// Processors it sees; all of the host's if absent.
    pub fn cores(&self) -> Option<u32> {
        self.number("cores")
    }

    /// Memory in MiB.
    pub fn memory_mib(&self) -> u32 {
        self.number("memory").unwrap_or(512)
    }

    /// Swap in MiB.
    pub fn swap_mib(&self) -> u32 {
        self.number("swap").unwrap_or(512)
    }

    /// Whether its root is nobody on the host.
    pub fn is_unprivileged(&self) -> bool {
        self.switch("unprivileged")
    }

    /// Whether it starts with its host.
    pub fn starts_on_boot(&self) -> bool {
        self.switch("onboot")
    }

    /// Whether it is protected against removal.
    pub fn is_protected(&self) -> bool {
        self.switch("protection")
    }

    /// Its tags.
    pub fn tags(&self) -> Tags {
        Tags::read(self.get("tags").unwrap_or_default())
    }

    /// What it may do beyond the ordinary.
    pub fn features(&self) -> Result<Features, PropertyError> {
        self.get("features").map_or_else(|| Ok(Features::default()), str::parse)
    }

    /// When it starts with its host.
    pub fn startup(&self) -> Result<Startup, PropertyError> {
        self.get("startup").map_or_else(|| Ok(Startup::default()), str::parse)
    }

    /// Its root file system.
    pub fn rootfs(&self) -> Result<Option<Volume>, PropertyError> {
        self.get("rootfs").map(str::parse).transpose()
    }

    /// The size of its root file system, where it is written down.
    pub fn rootfs_size(&self) -> Option<Size> {
        self.rootfs().ok().flatten().and_then(|volume| volume.size())
    }

    /// Its interfaces by number.
    pub fn networks(&self) -> Result<BTreeMap<u8, Network>, PropertyError> {
        self.numbered("net")
    }

    /// Its mount points by number.
    pub fn mount_points(&self) -> Result<BTreeMap<u8, Volume>, PropertyError> {
        self.numbered("mp")
    }

    fn number(&self, key: &str) -> Option<u32> {
        self.get(key)?.trim().parse().ok()
    }

    fn switch(&self, key: &str) -> bool {
        self.get(key).and_then(lenient::boolean).unwrap_or(false)
    }

    /// The values of `net0`, `net1`, …
    fn numbered<T: std::str::FromStr>(&self, prefix: &str) -> Result<BTreeMap<u8, T>, T::Err> {
        let numbered = self.iter().filter_map(|(key, value)| Some((key.strip_prefix(prefix)?.parse().ok()?, value)));
        numbered.map(|(number, value)| Ok((number, value.parse()?))).collect()
    }
}

/// An object of scalars, and under `lxc` a list of pairs.
impl<'de> Deserialize<'de> for Config {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut read: BTreeMap<String, Value> = BTreeMap::deserialize(deserializer)?;
        let raw = read.remove("lxc").and_then(|lines| serde_json::from_value(lines).ok()).unwrap_or_default();
        let values = read.into_iter().filter_map(|(key, value)| Some((key, lenient::text_of(value)?))).collect();
        Ok(Self { values, raw })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> Config {
        serde_json::from_str(
            r#"{"arch":"amd64","cores":2,"memory":"6144","swap":0,"hostname":"k1","unprivileged":1,"onboot":"1",
                "features":"keyctl=1,nesting=1","rootfs":"local-lvm:vm-101-disk-0,size=50G","tags":"homelab;k3s",
                "net0":"name=eth0,bridge=vmbr0,hwaddr=BC:24:11:0A:0B:0C,ip=192.168.0.41/24,type=veth",
                "mp10":"/mnt/media,mp=/media","startup":"order=1","digest":"abc",
                "lxc":[["lxc.apparmor.profile","unconfined"]],"netmask":"?"}"#,
        )
        .unwrap()
    }

    #[test]
    fn values_are_read_by_meaning() {
        let config = config();
        assert_eq!((config.cores(), config.memory_mib(), config.swap_mib()), (Some(2), 6144, 0));
        assert!(config.is_unprivileged() && config.starts_on_boot() && !config.is_protected());
        assert_eq!(config.features(), "nesting=1,keyctl=1".parse());
        assert_eq!(config.rootfs_size(), Some(Size::gib(50)));
        assert_eq!(config.networks().unwrap().keys().collect::<Vec<_>>(), [&0]);
        assert_eq!(config.mount_points().unwrap().keys().collect::<Vec<_>>(), [&10]);
        assert_eq!(config.raw(), [("lxc.apparmor.profile".to_owned(), "unconfined".to_owned())]);
    }

    #[test]
    fn a_bare_configuration_has_the_defaults_of_proxmox() {
        let config: Config = serde_json::from_str("{}").unwrap();
        assert_eq!((config.cores(), config.memory_mib(), config.swap_mib()), (None, 512, 512));
        assert!(!config.is_unprivileged());
        assert_eq!(config.features(), Ok(Features::default()));
        assert_eq!(config.rootfs(), Ok(None));
    }

    #[test]
    fn one_odd_value_hides_no_other() {
        let config: Config =
            serde_json::from_str(r#"{"features":"nesting=perhaps","net0":"?","cores":{},"lxc":7,"hostname":"x"}"#)
                .unwrap();
        assert!(config.features().is_err() && config.networks().is_err());
        assert_eq!((config.hostname(), config.cores()), (Some("x"), None));
    }

    #[test]
    fn a_change_sends_what_changes_and_its_digest() {
        let change = Change {
            settings: Settings { memory_mib: Some(8192), ..Settings::default() },
            delete: vec!["nameserver".to_owned(), "mp1".to_owned()],
            digest: Some("abc".to_owned()),
        };
        let request = put(&"pve".parse().unwrap(), "101".parse().unwrap(), &change);
        assert_eq!(request.call().to_string(), "PUT /nodes/pve/lxc/101/config");
        assert_eq!(request.to_http().body, b"memory=8192&delete=nameserver%2Cmp1&digest=abc");
    }

    #[test]
    fn the_present_and_the_coming_configuration_are_two_calls() {
        let (node, vmid) = ("pve".parse().unwrap(), "101".parse().unwrap());
        assert_eq!(get(&node, vmid).to_http().path_and_query, "/api2/json/nodes/pve/lxc/101/config");
        assert_eq!(get_current(&node, vmid).to_http().path_and_query, "/api2/json/nodes/pve/lxc/101/config?current=1");
    }
}
