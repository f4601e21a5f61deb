//! `/nodes/{node}/vzdump`: a backup of containers, now.

use crate::id::{NodeName, StorageId, Vmid};
use crate::request::Request;
use crate::upid::Upid;

/// A backup to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// Of these.
    pub vmids: Vec<Vmid>,
    /// Onto this storage, which must take backups.
    pub storage: StorageId,
    /// How the container is treated meanwhile.
    pub mode: Mode,
    /// Whether old backups are removed afterwards as the storage's settings say. Proxmox does so unless told not to.
    pub remove_old: Option<bool>,
    /// Notes beside it, with `{{guestname}}` and the like filled in.
    pub notes: Option<String>,
    /// Whether it is protected against removal.
    pub protected: Option<bool>,
}

/// How a container is treated while it is copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It goes on; the copy is of a snapshot. The storage must be able to make them.
    Snapshot,
    /// It goes on, and stands still for a second copy.
    Suspend,
    /// It is shut down and started again.
    Stop,
}

/// Makes a backup, compressed with Zstandard. Needs `VM.Backup` and `Datastore.AllocateSpace`.
pub fn create(node: &NodeName, backup: &Backup) -> Request<Upid> {
    let vmids: Vec<String> = backup.vmids.iter().map(ToString::to_string).collect();
    let mode = match backup.mode {
        Mode::Snapshot => "snapshot",
        Mode::Suspend => "suspend",
        Mode::Stop => "stop",
    };
    Request::post(format!("/nodes/{node}/vzdump"))
        .with("vmid", vmids.join(","))
        .with("storage", &backup.storage)
        .with("mode", mode)
        .with("compress", "zstd")
        .with_optional("remove", backup.remove_old)
        .with_optional("notes-template", backup.notes.as_deref())
        .with_optional("protected", backup.protected)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backup_of_three_is_one_call() {
        let vmids = ["101", "102", "103"].iter().filter_map(|vmid| vmid.parse().ok()).collect();
        let storage = "backup".parse().unwrap();
        let backup =
            Backup { vmids, storage, mode: Mode::Snapshot, remove_old: Some(false), notes: None, protected: None };
        let request = create(&"pve".parse().unwrap(), &backup);
        assert_eq!(request.call().to_string(), "POST /nodes/pve/vzdump");
        assert_eq!(request.to_http().body, b"vmid=101%2C102%2C103&storage=backup&mode=snapshot&compress=zstd&remove=0");
    }
}
