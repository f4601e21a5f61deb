//! `/nodes/{node}/storage`: where volumes, templates and backups can be.

pub mod content;
pub mod download_url;

use serde::Deserialize;

use crate::id::{NodeName, StorageId};
use crate::lenient;
use crate::request::Request;

/// A storage as one host sees it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Storage {
    /// Its name.
    pub storage: StorageId,
    /// `dir`, `lvmthin`, `zfspool`, `btrfs`, `nfs`, …
    #[serde(default, rename = "type")]
    pub kind: String,
    /// What it takes: `rootdir` for containers, `vztmpl` for templates, `backup`, `images`, `iso`, `snippets`.
    #[serde(default, deserialize_with = "lenient::texts")]
    pub content: Vec<String>,
    /// Whether it can be used right now.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub active: bool,
    /// Whether it is switched on.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub enabled: bool,
    /// Whether all hosts see the same.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub shared: bool,
    /// Bytes in all.
    #[serde(default, deserialize_with = "lenient::whole")]
    pub total: Option<u64>,
    /// Bytes in use.
    #[serde(default, deserialize_with = "lenient::whole")]
    pub used: Option<u64>,
    /// Bytes to be had.
    #[serde(default, deserialize_with = "lenient::whole")]
    pub avail: Option<u64>,
}

/// The storages of a host that the caller may see: with `Datastore.Audit` or `Datastore.AllocateSpace`. Others are missing.
pub fn list(node: &NodeName) -> Request<Vec<Storage>> {
    Request::get(format!("/nodes/{node}/storage"))
}

impl Storage {
    /// Whether it takes something: `rootdir`, `vztmpl`, `backup`.
    pub fn takes(&self, content: &str) -> bool {
        self.content.iter().any(|one| one == content)
    }

    /// Whether volumes on it are ZFS datasets, on which overlayfs may fail inside an unprivileged container
    /// (`alloc_disk` in `pve-container` `src/PVE/LXC.pm`).
    pub fn makes_zfs_datasets(&self) -> bool {
        self.kind == "zfspool"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_storage_takes_is_a_list_in_one_text() {
        let storages: Vec<Storage> = serde_json::from_str(
            r#"[{"storage":"local","type":"dir","content":"vztmpl,iso,backup","active":1,"enabled":"1","avail":"1000"},
                {"storage":"tank","type":"zfspool","content":"images,rootdir","active":0}]"#,
        )
        .unwrap();
        assert!(storages[0].takes("vztmpl") && !storages[0].takes("rootdir") && !storages[0].takes("vz"));
        assert_eq!((storages[0].active, storages[0].avail), (true, Some(1000)));
        assert!(storages[1].makes_zfs_datasets() && !storages[1].active);
    }
}
