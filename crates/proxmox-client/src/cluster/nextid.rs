//! `/cluster/nextid`: a free number. `PVE/API2/Cluster.pm` in `pve-manager`.
//!
//! Nothing is reserved: two who ask at once get the same number, and the second to create is refused with `already exists`.

use crate::id::Vmid;
use crate::request::Request;

/// The lowest free number.
pub fn get() -> Request<Vmid> {
    Request::get("/cluster/nextid")
}

/// Asks whether a number is free; if it is taken, the answer is a refusal with [`crate::Situation::AlreadyExists`].
pub fn check(vmid: Vmid) -> Request<Vmid> {
    get().with("vmid", vmid)
}
