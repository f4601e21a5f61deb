//! `/nodes/{node}/status`.

use serde::Deserialize;

use crate::id::NodeName;
use crate::lenient;
use crate::request::Request;

/// How a host is.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Status {
    /// `pve-manager/9.1.2/…`.
    #[serde(default)]
    pub pveversion: String,
    /// The running kernel.
    #[serde(default, rename = "current-kernel", deserialize_with = "lenient::maybe")]
    pub current_kernel: Option<Kernel>,
    /// The processors.
    #[serde(default, deserialize_with = "lenient::maybe")]
    pub cpuinfo: Option<Processors>,
    /// The memory.
    #[serde(default, deserialize_with = "lenient::maybe")]
    pub memory: Option<Amounts>,
    /// The host's own root file system.
    #[serde(default, deserialize_with = "lenient::maybe")]
    pub rootfs: Option<Amounts>,
    /// The load over 1, 5 and 15 minutes, as texts.
    #[serde(default, deserialize_with = "lenient::texts")]
    pub loadavg: Vec<String>,
}

/// A kernel.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Kernel {
    /// `6.17.2-1-pve`.
    pub release: String,
}

/// Processors.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Processors {
    /// Threads, over all sockets.
    #[serde(default, deserialize_with = "lenient::whole")]
    pub cpus: Option<u64>,
    /// What they are called.
    #[serde(default)]
    pub model: String,
}

/// Bytes of something.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Amounts {
    /// All.
    #[serde(default, deserialize_with = "lenient::whole")]
    pub total: Option<u64>,
    /// In use.
    #[serde(default, deserialize_with = "lenient::whole")]
    pub used: Option<u64>,
    /// To be had: what is free, and what would be given back on demand.
    #[serde(default, alias = "avail", deserialize_with = "lenient::whole")]
    pub available: Option<u64>,
}

/// How a host is. Needs `Sys.Audit` on `/nodes/{node}`.
pub fn get(node: &NodeName) -> Request<Status> {
    Request::get(format!("/nodes/{node}/status"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_of_a_host_are_read() {
        let status: Status = serde_json::from_str(
            r#"{"pveversion":"pve-manager/9.1.2/abc","current-kernel":{"release":"6.17.2-1-pve","sysname":"Linux"},
                "cpuinfo":{"cpus":4,"model":"N100"},"memory":{"total":"16594018304","used":1,"free":2},
                "rootfs":{"total":100,"used":1,"avail":99},"loadavg":["0.10","0.20","0.30"],"kversion":"x"}"#,
        )
        .unwrap();
        assert_eq!(status.memory.and_then(|memory| memory.total), Some(16_594_018_304));
        assert_eq!(status.rootfs.and_then(|rootfs| rootfs.available), Some(99));
        assert_eq!(status.loadavg.len(), 3);
    }
}
