//! `/nodes/{node}/lxc`: containers. `src/PVE/API2/LXC.pm` in `pve-container`.

pub mod config;
mod create;
mod delete;
pub mod feature;
pub mod interfaces;
pub mod pending;
mod resize;
mod settings;
pub mod snapshot;
pub mod status;

pub use create::{Create, create};
pub use delete::{Delete, delete};
pub use resize::{Disk, resize};
pub use settings::Settings;

use serde::Deserialize;

use crate::id::{NodeName, Vmid};
use crate::lenient;
use crate::request::Request;
use crate::value::Tags;

/// A container in the list, or how it is right now.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Container {
    /// Its number.
    pub vmid: Vmid,
    /// Its name.
    #[serde(default, deserialize_with = "lenient::text")]
    pub name: Option<String>,
    /// `running` or `stopped`.
    #[serde(default)]
    pub status: String,
    #[serde(default, deserialize_with = "lenient::text")]
    tags: Option<String>,
    /// What holds its lock: `create`, `backup`, `snapshot`, …
    #[serde(default, deserialize_with = "lenient::text")]
    pub lock: Option<String>,
    /// Processors.
    #[serde(default, deserialize_with = "lenient::number")]
    pub cpus: Option<f64>,
    /// Bytes of memory.
    #[serde(default, deserialize_with = "lenient::whole")]
    pub maxmem: Option<u64>,
    /// Bytes of memory in use.
    #[serde(default, deserialize_with = "lenient::whole")]
    pub mem: Option<u64>,
    /// Bytes of swap.
    #[serde(default, deserialize_with = "lenient::whole")]
    pub maxswap: Option<u64>,
    /// Bytes of its root file system.
    #[serde(default, deserialize_with = "lenient::whole")]
    pub maxdisk: Option<u64>,
    /// Bytes of it in use.
    #[serde(default, deserialize_with = "lenient::whole")]
    pub disk: Option<u64>,
    /// Seconds since it started.
    #[serde(default, deserialize_with = "lenient::whole")]
    pub uptime: Option<u64>,
}

/// The containers of a host that the caller may see.
pub fn list(node: &NodeName) -> Request<Vec<Container>> {
    Request::get(format!("/nodes/{node}/lxc"))
}

impl Container {
    /// Its tags.
    pub fn tags(&self) -> Tags {
        Tags::read(self.tags.as_deref().unwrap_or_default())
    }

    /// Whether it runs.
    pub fn is_running(&self) -> bool {
        self.status == "running"
    }
}

/// Where one container is.
fn path(node: &NodeName, vmid: Vmid) -> String {
    format!("/nodes/{node}/lxc/{vmid}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn containers_are_read_as_the_host_writes_them() {
        let containers: Vec<Container> = serde_json::from_str(
            r#"[{"vmid":"101","name":"k1","status":"running","tags":"homelab","cpus":2,"maxmem":"6442450944","type":"lxc"},
                {"vmid":102,"status":"stopped","lock":"create"}]"#,
        )
        .unwrap();
        assert!(containers[0].is_running());
        assert_eq!(containers[0].maxmem, Some(6 << 30));
        assert_eq!((containers[1].lock.as_deref(), containers[1].is_running()), (Some("create"), false));
    }
}
