//! `/nodes`: hosts, and everything on them.

pub mod aplinfo;
pub mod apt;
pub mod dns;
pub mod lxc;
pub mod network;
pub mod query_url_metadata;
pub mod status;
pub mod storage;
pub mod tasks;
pub mod time;
pub mod vzdump;

use serde::Deserialize;

use crate::id::NodeName;
use crate::lenient;
use crate::request::Request;
use crate::transport::Fingerprint;

/// A host of the cluster. Everybody may see that it exists; figures are for those with `Sys.Audit`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Node {
    /// Its name.
    pub node: NodeName,
    /// `online`, `offline` or `unknown`.
    #[serde(default)]
    pub status: String,
    /// Processors.
    #[serde(default, deserialize_with = "lenient::whole")]
    pub maxcpu: Option<u64>,
    /// Bytes of memory.
    #[serde(default, deserialize_with = "lenient::whole")]
    pub maxmem: Option<u64>,
    /// Bytes of memory in use.
    #[serde(default, deserialize_with = "lenient::whole")]
    pub mem: Option<u64>,
    /// Its certificate's fingerprint.
    #[serde(default, deserialize_with = "lenient::maybe")]
    pub ssl_fingerprint: Option<Fingerprint>,
}

/// All hosts of the cluster.
pub fn list() -> Request<Vec<Node>> {
    Request::get("/nodes")
}

impl Node {
    /// Whether it can be worked with.
    pub fn is_online(&self) -> bool {
        self.status == "online"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_read_with_and_without_its_figures() {
        let nodes: Vec<Node> = serde_json::from_str(
            r#"[{"node":"pve","status":"online","maxcpu":"4","maxmem":16594018304,"ssl_fingerprint":"??","id":"node/pve"},
                {"node":"old","status":"offline"}]"#,
        )
        .unwrap();
        assert_eq!((nodes[0].maxcpu, nodes[0].ssl_fingerprint, nodes[0].is_online()), (Some(4), None, true));
        assert!(!nodes[1].is_online());
        assert_eq!(list().call().to_string(), "GET /nodes");
    }
}
