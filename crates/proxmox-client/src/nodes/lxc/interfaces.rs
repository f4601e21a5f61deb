//! `/nodes/{node}/lxc/{vmid}/interfaces`: which addresses a running container really has.

use serde::Deserialize;

use crate::id::{NodeName, Vmid};
use crate::lenient;
use crate::request::Request;

/// An interface inside a container.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Interface {
    /// Its name: `eth0`, `lo`.
    #[serde(default)]
    pub name: String,
    /// Its hardware address.
    #[serde(default, deserialize_with = "lenient::text")]
    pub hwaddr: Option<String>,
    /// Its IPv4 address and prefix; several stand with blanks between them.
    #[serde(default, deserialize_with = "lenient::texts")]
    pub inet: Vec<String>,
    /// Its IPv6 addresses and prefixes.
    #[serde(default, deserialize_with = "lenient::texts")]
    pub inet6: Vec<String>,
}

/// The interfaces of a container, or nothing if it is stopped (`get_interfaces` in `src/PVE/LXC.pm`).
pub fn get(node: &NodeName, vmid: Vmid) -> Request<Option<Vec<Interface>>> {
    Request::get(format!("{}/interfaces", super::path(node, vmid)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_a_stopped_container_has_none() {
        let read = |json: &str| serde_json::from_str::<Option<Vec<Interface>>>(json).unwrap();
        let interfaces = read(
            r#"[{"name":"eth0","hwaddr":"bc:24:11:0a:0b:0c","inet":"192.168.0.41/24","ip-addresses":[]},
                {"name":"lo","inet6":"::1/128 fe80::1/64"}]"#,
        )
        .unwrap();
        assert_eq!(interfaces[0].inet, ["192.168.0.41/24"]);
        assert_eq!(interfaces[1].inet6, ["::1/128", "fe80::1/64"]);
        assert_eq!(read("null"), None);
    }
}
