//! `/nodes/{node}/storage/{storage}/content`: what is on a storage.

use serde::Deserialize;

use crate::encode;
use crate::id::{NodeName, StorageId, Vmid};
use crate::lenient;
use crate::request::Request;
use crate::upid::Upid;

/// A file or volume on a storage.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Content {
    /// Its name: `local:vztmpl/ubuntu-24.04-standard_24.04-2_amd64.tar.zst`.
    pub volid: String,
    /// Its size in bytes.
    #[serde(default, deserialize_with = "lenient::whole")]
    pub size: Option<u64>,
    /// When it was made, in seconds since 1970.
    #[serde(default, deserialize_with = "lenient::whole")]
    pub ctime: Option<u64>,
    /// Its owner, if it is a container's.
    #[serde(default, deserialize_with = "lenient::maybe")]
    pub vmid: Option<Vmid>,
    /// `tzst`, `raw`, `subvol`, …
    #[serde(default)]
    pub format: String,
    /// Whether it is protected against removal.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub protected: bool,
    /// A backup's notes.
    #[serde(default, deserialize_with = "lenient::text")]
    pub notes: Option<String>,
}

/// What is on a storage, of one kind (`vztmpl`, `rootdir`, `backup`) and of one container if named.
pub fn list(node: &NodeName, storage: &StorageId, content: &str, vmid: Option<Vmid>) -> Request<Vec<Content>> {
    Request::get(format!("/nodes/{node}/storage/{storage}/content"))
        .with("content", content)
        .with_optional("vmid", vmid)
}

/// Removes a file or volume, named with or without its storage. Small ones are gone at once, without a task.
pub fn delete(node: &NodeName, storage: &StorageId, volid: &str) -> Request<Option<Upid>> {
    let prefix = format!("{storage}:");
    // Always with the storage: a name of two dots alone would lead out of the path.
    let name = volid.strip_prefix(&prefix).unwrap_or(volid);
    let segment = encode::segment(&format!("{prefix}{name}"));
    Request::delete(format!("/nodes/{node}/storage/{storage}/content/{segment}"))
}

impl Content {
    /// The file's name without storage and folder.
    pub fn file_name(&self) -> &str {
        self.volid.rsplit(['/', ':']).next().unwrap_or(&self.volid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_listed_and_removed_by_name() {
        let (node, storage) = ("pve".parse().unwrap(), "local".parse().unwrap());
        assert_eq!(
            list(&node, &storage, "vztmpl", None).to_http().path_and_query,
            "/api2/json/nodes/pve/storage/local/content?content=vztmpl"
        );
        assert_eq!(
            delete(&node, &storage, "local:vztmpl/a.tar.zst").to_http().path_and_query,
            "/api2/json/nodes/pve/storage/local/content/local%3Avztmpl%2Fa.tar.zst"
        );
        assert_eq!(
            delete(&node, &storage, "..").call().path,
            "/nodes/pve/storage/local/content/local%3A..",
            "no name leads out of the path"
        );
        let content: Content =
            serde_json::from_str(r#"{"volid":"local:vztmpl/a.tar.zst","size":"7","vmid":null,"format":"tzst"}"#)
                .unwrap();
        assert_eq!((content.file_name(), content.size, content.vmid), ("a.tar.zst", Some(7), None));
    }
}
