//! `/nodes/{node}/network`: does the bridge exist?

use serde::Deserialize;

use crate::id::NodeName;
use crate::lenient;
use crate::request::Request;

/// An interface of a host.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Interface {
    /// Its name: `vmbr0`.
    pub iface: String,
    /// `bridge`, `OVSBridge`, `eth`, …
    #[serde(default, rename = "type")]
    pub kind: String,
    /// Whether it is up.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub active: bool,
    /// Its IPv4 address and prefix.
    #[serde(default, deserialize_with = "lenient::text")]
    pub cidr: Option<String>,
    /// Its IPv6 address and prefix.
    #[serde(default, deserialize_with = "lenient::text")]
    pub cidr6: Option<String>,
    /// Its IPv4 gateway.
    #[serde(default, deserialize_with = "lenient::text")]
    pub gateway: Option<String>,
    /// Whether it keeps VLANs apart.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub bridge_vlan_aware: bool,
}

/// All bridges that the caller may use.
pub fn bridges(node: &NodeName) -> Request<Vec<Interface>> {
    Request::get(format!("/nodes/{node}/network")).with("type", "any_bridge")
}

/// All interfaces. Needs `Sys.Audit` on `/nodes/{node}`.
pub fn list(node: &NodeName) -> Request<Vec<Interface>> {
    Request::get(format!("/nodes/{node}/network"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bridges_are_asked_for_and_read() {
        let node = "pve".parse().unwrap();
        assert_eq!(bridges(&node).to_http().path_and_query, "/api2/json/nodes/pve/network?type=any_bridge");
        let read: Vec<Interface> = serde_json::from_str(
            r#"[{"iface":"vmbr0","type":"bridge","active":1,"cidr":"192.168.0.10/24","priority":4,"families":["inet"]}]"#,
        )
        .unwrap();
        assert!(read[0].active && !read[0].bridge_vlan_aware);
    }
}
