//! `/nodes/{node}/lxc/{vmid}/feature`: what a container's storage can do.

use serde::Deserialize;

use crate::id::{NodeName, Vmid};
use crate::lenient;
use crate::request::Request;

/// Whether it can.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Feature {
    /// Whether it can.
    #[serde(default, rename = "hasFeature", deserialize_with = "lenient::flag")]
    pub has_feature: bool,
}

/// Whether snapshots can be made: on LVM-thin, ZFS, Btrfs and RBD, but not on a plain directory.
pub fn snapshot(node: &NodeName, vmid: Vmid) -> Request<Feature> {
    Request::get(format!("{}/feature", super::path(node, vmid))).with("feature", "snapshot")
}
