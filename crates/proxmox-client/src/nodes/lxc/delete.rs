//! DELETE `/nodes/{node}/lxc/{vmid}`: removing a container and its volumes.

use crate::id::{NodeName, Vmid};
use crate::request::Request;
use crate::upid::Upid;

/// How a container is removed. It must be stopped and neither locked nor protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delete {
    /// Whether it is also taken out of backup jobs, replication and high availability.
    pub purge: bool,
    /// Whether volumes that bear its number and that it does not name are removed with it. Proxmox does so unless told not to.
    pub destroy_unreferenced_disks: Option<bool>,
}

/// Removes a container.
pub fn delete(node: &NodeName, vmid: Vmid, how: Delete) -> Request<Upid> {
    Request::delete(super::path(node, vmid))
        .with_switch("purge", how.purge)
        .with_optional("destroy-unreferenced-disks", how.destroy_unreferenced_disks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_it_is_removed_stands_in_the_query() {
        let (node, vmid) = ("pve".parse().unwrap(), "101".parse().unwrap());
        let path = |how| delete(&node, vmid, how).to_http().path_and_query;
        assert_eq!(path(Delete::default()), "/api2/json/nodes/pve/lxc/101");
        let thorough = Delete { purge: true, destroy_unreferenced_disks: Some(false) };
        assert_eq!(path(thorough), "/api2/json/nodes/pve/lxc/101?purge=1&destroy-unreferenced-disks=0");
    }
}
