//! `/cluster/resources`: every guest, host and storage at a glance.
//!
//! Guests that the caller may not see are missing without a word, so a number that is not here may still be taken.

use serde::Deserialize;

use crate::id::{NodeName, Vmid};
use crate::lenient;
use crate::request::Request;
use crate::value::Tags;

/// A guest, as the cluster knows it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Guest {
    /// `lxc` or `qemu`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its number.
    pub vmid: Vmid,
    /// Its name.
    #[serde(default, deserialize_with = "lenient::text")]
    pub name: Option<String>,
    /// Where it is.
    pub node: NodeName,
    /// `running`, `stopped`, or `unknown` if its host is away.
    #[serde(default)]
    pub status: String,
    /// Its tags, as one text.
    #[serde(default, deserialize_with = "lenient::text")]
    tags: Option<String>,
    /// What holds its lock.
    #[serde(default, deserialize_with = "lenient::text")]
    pub lock: Option<String>,
    /// Its pool.
    #[serde(default, deserialize_with = "lenient::text")]
    pub pool: Option<String>,
    /// Whether it is a template for others.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub template: bool,
    /// Processors.
    #[serde(default, deserialize_with = "lenient::number")]
    pub maxcpu: Option<f64>,
    /// Bytes of memory.
    #[serde(default, deserialize_with = "lenient::whole")]
    pub maxmem: Option<u64>,
    /// Bytes of memory in use.
    #[serde(default, deserialize_with = "lenient::whole")]
    pub mem: Option<u64>,
    /// Bytes of its root file system.
    #[serde(default, deserialize_with = "lenient::whole")]
    pub maxdisk: Option<u64>,
    /// Bytes of it in use.
    #[serde(default, deserialize_with = "lenient::whole")]
    pub disk: Option<u64>,
}

/// All guests that the caller may see: containers and virtual machines.
pub fn guests() -> Request<Vec<Guest>> {
    Request::get("/cluster/resources").with("type", "vm")
}

impl Guest {
    /// Its tags.
    pub fn tags(&self) -> Tags {
        Tags::read(self.tags.as_deref().unwrap_or_default())
    }

    /// Whether it is a container.
    pub fn is_container(&self) -> bool {
        self.kind == "lxc"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guests_are_read_with_what_is_odd_about_them() {
        let guests: Vec<Guest> = serde_json::from_str(
            r#"[{"id":"lxc/101","type":"lxc","vmid":"101","name":"k1","node":"pve","status":"running","tags":"K3s;homelab",
                 "maxcpu":2,"maxmem":6442450944,"template":0,"lock":"backup","uptime":5},
                {"id":"qemu/200","type":"qemu","vmid":200,"node":"pve","status":"stopped","cpu":0.5}]"#,
        )
        .unwrap();
        assert!(guests[0].tags().contains(&"homelab".parse().unwrap()));
        assert_eq!((guests[0].vmid.get(), guests[0].lock.as_deref()), (101, Some("backup")));
        assert!(!guests[1].is_container() && guests[1].tags().is_empty());
    }
}
