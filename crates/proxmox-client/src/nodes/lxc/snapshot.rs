//! `/nodes/{node}/lxc/{vmid}/snapshot`.

use serde::Deserialize;

use crate::id::{NodeName, SnapshotName, Vmid};
use crate::lenient;
use crate::request::Request;
use crate::upid::Upid;

/// A snapshot. The list also holds one called `current`, which is the container itself.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Snapshot {
    /// Its name.
    pub name: String,
    /// What it is for.
    #[serde(default, deserialize_with = "lenient::text")]
    pub description: Option<String>,
    /// The snapshot before it.
    #[serde(default, deserialize_with = "lenient::text")]
    pub parent: Option<String>,
    /// When it was made, in seconds since 1970.
    #[serde(default, deserialize_with = "lenient::whole")]
    pub snaptime: Option<u64>,
}

/// All snapshots of a container, and the pseudo-snapshot `current`.
pub fn list(node: &NodeName, vmid: Vmid) -> Request<Vec<Snapshot>> {
    Request::get(path(node, vmid))
}

/// Makes a snapshot.
pub fn create(node: &NodeName, vmid: Vmid, name: &SnapshotName, description: Option<&str>) -> Request<Upid> {
    Request::post(path(node, vmid)).with("snapname", name).with_optional("description", description)
}

/// Puts a container back to a snapshot: what was written since is lost. It is started afterwards if so wished.
pub fn rollback(node: &NodeName, vmid: Vmid, name: &SnapshotName, then_start: bool) -> Request<Upid> {
    Request::post(format!("{}/{name}/rollback", path(node, vmid))).with_switch("start", then_start)
}

/// Removes a snapshot.
pub fn delete(node: &NodeName, vmid: Vmid, name: &SnapshotName) -> Request<Upid> {
    Request::delete(format!("{}/{name}", path(node, vmid)))
}

impl Snapshot {
    /// Whether it is the container itself.
    pub fn is_current(&self) -> bool {
        self.name == "current"
    }
}

fn path(node: &NodeName, vmid: Vmid) -> String {
    format!("{}/snapshot", super::path(node, vmid))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snapshot_is_made_taken_back_and_removed() {
        let (node, vmid, name) = ("pve".parse().unwrap(), "101".parse().unwrap(), "before_upgrade".parse().unwrap());
        let made = create(&node, vmid, &name, Some("a; b"));
        assert_eq!(made.call().to_string(), "POST /nodes/pve/lxc/101/snapshot");
        assert_eq!(made.to_http().body, b"snapname=before_upgrade&description=a%3B%20b");
        let back = rollback(&node, vmid, &name, true);
        assert_eq!(back.call().to_string(), "POST /nodes/pve/lxc/101/snapshot/before_upgrade/rollback");
        assert_eq!(back.to_http().body, b"start=1");
        assert_eq!(delete(&node, vmid, &name).call().to_string(), "DELETE /nodes/pve/lxc/101/snapshot/before_upgrade");
    }

    #[test]
    fn the_container_itself_is_in_the_list() {
        let list: Vec<Snapshot> = serde_json::from_str(
            r#"[{"name":"a","snaptime":"1700000000","description":""},{"name":"current","parent":"a","running":1}]"#,
        )
        .unwrap();
        assert_eq!(list.iter().map(Snapshot::is_current).collect::<Vec<_>>(), [false, true]);
    }
}
