//! `/nodes/{node}/tasks/{upid}/log`.

use serde::Deserialize;

use crate::lenient;
use crate::request::Request;
use crate::upid::Upid;

/// A line of a task's log.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Line {
    /// Its number, from 1.
    #[serde(default, deserialize_with = "lenient::whole")]
    pub n: Option<u64>,
    /// Its text. An empty log has one line, `no content`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub t: Option<String>,
}

/// Lines from `start` on, counted from 0.
pub fn get(upid: &Upid, start: u64, limit: u64) -> Request<Vec<Line>> {
    Request::get(format!("{}/log", super::path(upid))).with("start", start).with("limit", limit)
}
