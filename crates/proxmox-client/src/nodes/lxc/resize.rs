//! PUT `/nodes/{node}/lxc/{vmid}/resize`: growing a volume, also while the container runs. It cannot shrink.

use std::fmt;

use crate::id::{NodeName, Vmid};
use crate::request::Request;
use crate::upid::Upid;
use crate::value::Size;

/// Which volume.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disk {
    /// The root file system.
    Rootfs,
    /// A mount point by its number.
    MountPoint(u8),
}

/// Grows a volume to a size. A size in whole is sent and never a difference, so that a repeated call grows nothing twice.
pub fn resize(node: &NodeName, vmid: Vmid, disk: Disk, to: Size) -> Request<Upid> {
    Request::put(format!("{}/resize", super::path(node, vmid)))
        .with("disk", disk.to_string())
        .with("size", to.to_string())
}

impl fmt::Display for Disk {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rootfs => formatter.write_str("rootfs"),
            Self::MountPoint(number) => write!(formatter, "mp{number}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_volume_grows_to_a_size() {
        let (node, vmid) = ("pve".parse().unwrap(), "101".parse().unwrap());
        let request = resize(&node, vmid, Disk::Rootfs, Size::gib(60));
        assert_eq!(request.call().to_string(), "PUT /nodes/pve/lxc/101/resize");
        assert_eq!(request.to_http().body, b"disk=rootfs&size=60G");
        assert_eq!(resize(&node, vmid, Disk::MountPoint(3), Size::mib(1536)).to_http().body, b"disk=mp3&size=1536M");
    }
}
