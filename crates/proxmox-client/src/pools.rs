//! `/pools`: containers in groups, so that rights can be given on a group.

use serde::Deserialize;

use crate::id::{PoolId, Vmid};
use crate::lenient;
use crate::request::{Done, Request};

/// A pool.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Pool {
    /// Its name; nested pools have `/` in it.
    pub poolid: String,
    /// What it is for.
    #[serde(default, deserialize_with = "lenient::text")]
    pub comment: Option<String>,
}

/// The pools that the caller may see.
pub fn list() -> Request<Vec<Pool>> {
    Request::get("/pools")
}

/// Makes a pool. Needs `Pool.Allocate` on `/pool/{poolid}`.
pub fn create(pool: &PoolId, comment: Option<&str>) -> Request<Done> {
    Request::post("/pools").with("poolid", pool).with_optional("comment", comment)
}

/// Puts containers into a pool.
pub fn add(pool: &PoolId, vmids: &[Vmid]) -> Request<Done> {
    let vmids: Vec<String> = vmids.iter().map(ToString::to_string).collect();
    Request::put("/pools").with("poolid", pool).with("vms", vmids.join(","))
}

/// Removes a pool, which must be empty.
pub fn delete(pool: &PoolId) -> Request<Done> {
    Request::delete("/pools").with("poolid", pool)
}
