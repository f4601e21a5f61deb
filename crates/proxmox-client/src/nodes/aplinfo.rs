//! `/nodes/{node}/aplinfo`: templates that Proxmox offers for download. `PVE/APLInfo.pm` in `pve-manager`.
//!
//! The list is a file on the host, renewed once a day by `pveam update`; no call renews it, and on a fresh host it is empty.

use serde::Deserialize;

use crate::id::{NodeName, StorageId};
use crate::lenient;
use crate::request::Request;
use crate::upid::Upid;

/// A template on offer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Appliance {
    /// The file's name, which is what is asked for.
    #[serde(default)]
    pub template: String,
    /// `ubuntu-24.04-standard`.
    #[serde(default)]
    pub package: String,
    /// `ubuntu-24.04`.
    #[serde(default)]
    pub os: String,
    /// `24.04-2`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub version: Option<String>,
    /// `system`, `turnkeylinux`, `mail`.
    #[serde(default)]
    pub section: String,
    /// `amd64` or `arm64`, where the host says so.
    #[serde(default, deserialize_with = "lenient::text")]
    pub architecture: Option<String>,
    /// Where the host takes it from.
    #[serde(default, deserialize_with = "lenient::text")]
    pub location: Option<String>,
    /// The checksum that the host verifies.
    #[serde(default, deserialize_with = "lenient::text")]
    pub sha512sum: Option<String>,
}

/// All templates on offer.
pub fn list(node: &NodeName) -> Request<Vec<Appliance>> {
    Request::get(format!("/nodes/{node}/aplinfo"))
}

/// Downloads a template; its checksum is verified by the host. Needs `Datastore.AllocateTemplate` on the storage.
pub fn download(node: &NodeName, storage: &StorageId, template: &str) -> Request<Upid> {
    Request::post(format!("/nodes/{node}/aplinfo")).with("storage", storage).with("template", template)
}
