//! `/nodes/{node}/time`: a clock that is wrong breaks certificates and tickets.

use serde::Deserialize;

use crate::id::NodeName;
use crate::lenient;
use crate::request::Request;

/// What a host takes the time to be.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Time {
    /// Seconds since 1970.
    #[serde(default, deserialize_with = "lenient::whole")]
    pub time: Option<u64>,
    /// The zone: `Asia/Tokyo`.
    #[serde(default)]
    pub timezone: String,
}

/// What a host takes the time to be. Needs `Sys.Audit` on `/nodes/{node}`.
pub fn get(node: &NodeName) -> Request<Time> {
    Request::get(format!("/nodes/{node}/time"))
}
