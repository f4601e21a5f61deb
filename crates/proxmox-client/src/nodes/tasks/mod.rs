//! `/nodes/{node}/tasks`: what a host is doing and has done. `PVE/API2/Tasks.pm` in `pve-manager`.

pub mod log;
pub mod status;
pub(crate) mod wait;

use serde::Deserialize;

use crate::encode;
use crate::id::{NodeName, Vmid};
use crate::lenient;
use crate::request::{Done, Request};
use crate::upid::Upid;

/// A task in the list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Task {
    /// Its name.
    pub upid: Upid,
    /// When it ended, in seconds since 1970; absent while it runs.
    #[serde(default, deserialize_with = "lenient::whole")]
    pub endtime: Option<u64>,
    /// How it ended: `OK`, `WARNINGS: n` or a message.
    pub status: Option<String>,
}

/// Which tasks to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of one container.
    pub vmid: Option<Vmid>,
    /// Of one kind: `vzdump`.
    pub kind: Option<String>,
    /// Begun at or after this time, in seconds since 1970.
    pub since: Option<u64>,
    /// At most this many; 50 if not said.
    pub limit: Option<u64>,
    /// Those that run: by itself the list holds those that have ended.
    pub running: bool,
}

/// The newest tasks first.
pub fn list(node: &NodeName, filter: &Filter) -> Request<Vec<Task>> {
    Request::get(format!("/nodes/{node}/tasks"))
        .with_optional("vmid", filter.vmid)
        .with_optional("typefilter", filter.kind.as_deref())
        .with_optional("since", filter.since)
        .with_optional("limit", filter.limit)
        .with_optional("source", filter.running.then_some("active"))
}

/// Asks a task to stop.
pub fn stop(upid: &Upid) -> Request<Done> {
    Request::delete(path(upid))
}

/// Where a task is asked about: on the node that runs it.
fn path(upid: &Upid) -> String {
    format!("/nodes/{}/tasks/{}", upid.node, encode::segment(upid.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const UPID: &str = "UPID:pve:0003B2F1:02C8A9D4:65A0F3C2:vzcreate:101:root@pam!up:";

    #[test]
    fn a_task_is_asked_about_where_it_runs() {
        let upid = UPID.parse().unwrap();
        assert_eq!(
            stop(&upid).call().to_string(),
            "DELETE /nodes/pve/tasks/UPID%3Apve%3A0003B2F1%3A02C8A9D4%3A65A0F3C2%3Avzcreate%3A101%3Aroot%40pam%21up%3A"
        );
    }

    #[test]
    fn only_what_was_asked_for_filters() {
        let node = "pve".parse().unwrap();
        assert_eq!(list(&node, &Filter::default()).to_http().path_and_query, "/api2/json/nodes/pve/tasks");
        let filter = Filter { vmid: "101".parse().ok(), running: true, ..Filter::default() };
        assert_eq!(list(&node, &filter).to_http().path_and_query, "/api2/json/nodes/pve/tasks?vmid=101&source=active");
    }

    #[test]
    fn a_running_task_has_no_end() {
        let json = format!(r#"{{"upid":"{UPID}","pid":"242417","type":"vzcreate","starttime":1704000000}}"#);
        let task: Task = serde_json::from_str(&json).unwrap();
        assert_eq!((task.upid.kind.as_str(), task.endtime, task.status), ("vzcreate", None, None));
    }
}
