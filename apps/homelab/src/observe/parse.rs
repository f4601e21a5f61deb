//! Names of `homelab.toml` as Proxmox's own.

use proxmox_client::{NodeName, StorageId};

use super::Blind;

pub(super) fn node(text: &str) -> Result<NodeName, Blind> {
    text.parse().map_err(|_| Blind::BadName(text.to_owned()))
}

pub(super) fn storage(text: &str) -> Result<StorageId, Blind> {
    text.parse().map_err(|_| Blind::BadName(text.to_owned()))
}
