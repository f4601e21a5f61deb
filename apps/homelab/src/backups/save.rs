//! Making a backup, while everything goes on.

use std::path::{Path, PathBuf};

use homelab_plan::care::{Manifest, PartKind};
use homelab_plan::plan::{Desired, files};
use homelab_plan::service::{DATABASES, GLOBALS_ARGUMENTS, PSQL_ARGUMENTS, dump_arguments};
use proxmox_client::nodes::storage::{self, content};
use proxmox_client::nodes::vzdump::{self, Mode};
use proxmox_client::{NodeName, StorageId, Vmid};

use super::folder::Draft;
use super::{BackupError, mark};
use crate::apply::{Random, StepError};
use crate::errand::{Errand, Say, patiently};
use crate::observe::version_of;
use crate::reach::Reach;
use crate::removal;

/// What our snapshots are called, before the node and the second.
const SNAPSHOT: &str = "homelab-backup";

/// What nobody should look for in a backup.
const LEFT_OUT: &str = "left out: Valkey (a cache: what is in it is made anew), volumes of services (`--containers` copies them), and what lies in git";

/// Where K3s keeps snapshots on a server.
const SNAPSHOTS: &str = "/var/lib/rancher/k3s/server/db/snapshots";

/// Makes a backup in a folder of its own below `into`. `made_at` is the moment, as `2026-11-23T00:00:00Z`. With `storage` the
/// host also makes backups of our containers there.
///
/// # Errors
/// See [`BackupError`]. What is not complete does not have the name of a backup.
pub async fn save(
    reach: &Reach,
    desired: &Desired,
    into: &Path,
    made_at: &str,
    storage: Option<&str>,
    random: &dyn Random,
    say: Say<'_>,
) -> Result<(PathBuf, Manifest), BackupError> {
    if !desired.has_etcd() {
        return Err(BackupError::NoSnapshots);
    }
    let errand = Errand::new(reach, desired, random, say);
    if let Some(storage) = storage {
        check_storage(&errand, storage).await?;
    }
    let mut draft = Draft::begin(into, &made_at.replace(':', ""))?;
    let version = errand.tell_server(&format!("{} --version", files::BINARY_PATH), &[]).await?;
    save_state(&errand, &mut draft).await?;
    save_databases(&errand, &mut draft).await?;
    let containers = match storage {
        Some(storage) => save_containers(&errand, storage).await?,
        None => Vec::new(),
    };
    let saved = draft.finish(Manifest {
        version: 1,
        cluster: desired.home.cluster.name.to_string(),
        made_at: made_at.to_owned(),
        k3s: version_of(&version.text()).unwrap_or_default(),
        parts: Vec::new(),
        containers,
    })?;
    mark::leave(&errand, made_at).await;
    errand.say(LEFT_OUT);
    Ok(saved)
}

/// The state of the cluster, and the token without which nobody can read it.
async fn save_state(errand: &Errand<'_>, draft: &mut Draft) -> Result<(), BackupError> {
    let k3s = files::BINARY_PATH;
    errand.tell_server(&format!("{k3s} etcd-snapshot save --name {SNAPSHOT}"), &[]).await?;
    let list = errand.tell_server(&format!("{k3s} etcd-snapshot ls"), &[]).await?.text();
    let newest = newest_snapshot(&list).ok_or_else(|| StepError::Final {
        sentence: "K3s shows no snapshot after it made one".to_owned(),
        hint: format!("look with `{k3s} etcd-snapshot ls` on the first server"),
    })?;
    let bytes = errand.tell_server(&format!("cat {SNAPSHOTS}/{newest}"), &[]).await?.stdout;
    draft.add("etcd-snapshot", PartKind::EtcdSnapshot, &bytes)?;
    // K3s keeps snapshots that somebody asked for until somebody removes them.
    for snapshot in list.lines().filter_map(our_snapshot) {
        errand.tell_server(&format!("{k3s} etcd-snapshot delete {snapshot}"), &[]).await?;
    }
    let token = errand.tell_server(&format!("cat {}", files::SERVER_TOKEN_PATH), &[]).await?.stdout;
    draft.add("server-token", PartKind::ServerToken, &token)?;
    errand.say("the state of the cluster, and the token that reads it");
    Ok(())
}

/// The newest of our snapshots: their names end with the second.
fn newest_snapshot(list: &str) -> Option<&str> {
    let second = |name: &str| name.rsplit('-').next().and_then(|second| second.parse::<u64>().ok());
    list.lines().filter_map(our_snapshot).max_by_key(|name| second(name))
}

/// The name in a line of the list, if it is one of ours. It becomes part of a path and of a command.
fn our_snapshot(line: &str) -> Option<&str> {
    let name = line.split_whitespace().next().filter(|name| name.starts_with(SNAPSHOT))?;
    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_')).then_some(name)
}

async fn save_databases(errand: &Errand<'_>, draft: &mut Draft) -> Result<(), BackupError> {
    let roles = errand.tell_postgres(GLOBALS_ARGUMENTS, &[]).await?.stdout;
    draft.add("postgres/roles.sql", PartKind::PostgresRoles, &roles)?;
    let databases = errand.tell_postgres(PSQL_ARGUMENTS, DATABASES.as_bytes()).await?.text();
    for (number, name) in databases.lines().filter(|name| !name.is_empty()).enumerate() {
        let dump = errand.tell_postgres(&dump_arguments(name), &[]).await?.stdout;
        // A name may hold what a path may not.
        let path = format!("postgres/{number}.dump");
        draft.add(&path, PartKind::PostgresDatabase { name: name.to_owned() }, &dump)?;
        errand.say(&format!("the database `{name}`, {} bytes", dump.len()));
    }
    Ok(())
}

/// Before anything is copied: the storage is there, and takes copies.
async fn check_storage(errand: &Errand<'_>, name: &str) -> Result<(), BackupError> {
    let node = errand.context.host()?;
    let storages = patiently(async || Ok(errand.context.reach.proxmox.send(&storage::list(&node)).await?)).await?;
    let fitting = storages.iter().filter(|storage| storage.takes("backup"));
    let fitting: Vec<&str> = fitting.map(|storage| storage.storage.as_str()).collect();
    if fitting.contains(&name) {
        return Ok(());
    }
    let problem = match storages.iter().any(|storage| storage.storage.as_str() == name) {
        true => format!("the storage `{name}` takes no backups"),
        false => format!("the host shows no storage `{name}`"),
    };
    let hint = match fitting.as_slice() {
        [] => "allow the content `backup` on one in Proxmox, under Datacenter, Storage".to_owned(),
        names => format!("these take backups: `{}`", names.join("`, `")),
    };
    Err(StepError::Final { sentence: problem, hint }.into())
}

/// The host copies whole containers, and keeps the copies.
async fn save_containers(errand: &Errand<'_>, storage: &str) -> Result<Vec<String>, BackupError> {
    let (reach, desired) = (errand.context.reach, errand.context.desired);
    let node = errand.context.host()?;
    let storage: StorageId = storage.parse().map_err(|_| StepError::Final {
        sentence: format!("`{storage}` is no name of a storage"),
        hint: "`pvesm status` on the host lists them".to_owned(),
    })?;
    let mut made = Vec::new();
    for container in removal::ours(reach, desired).await? {
        let Ok(vmid) = container.vmid.to_string().parse::<Vmid>() else { continue };
        let notes = Some(format!("homelab: {} of {}", container.name, desired.home.cluster.name));
        let wish = vzdump::Backup {
            vmids: vec![vmid],
            storage: storage.clone(),
            mode: Mode::Snapshot,
            remove_old: Some(false),
            notes,
            protected: None,
        };
        patiently(async || Ok(reach.proxmox.run(&vzdump::create(&node, &wish)).await?)).await?;
        made.extend(newest_copy(errand, &node, &storage, vmid).await?);
        errand.say(&format!("container {vmid} `{}`, on the host", container.name));
    }
    Ok(made)
}

async fn newest_copy(
    errand: &Errand<'_>,
    node: &NodeName,
    storage: &StorageId,
    vmid: Vmid,
) -> Result<Option<String>, StepError> {
    let call = content::list(node, storage, "backup", Some(vmid));
    let found = patiently(async || Ok(errand.context.reach.proxmox.send(&call).await?)).await?;
    Ok(found.into_iter().map(|content| content.volid).max())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_snapshot_of_ours_is_found_by_its_second() {
        let list = "Name Location Size Created\nhomelab-backup-k1-9 file:///a 1 x\nhomelab-backup-k1-10 file:///b 1 x\netcd-snapshot-k1-99 file:///c 1 x\n";
        assert_eq!(newest_snapshot(list), Some("homelab-backup-k1-10"));
        assert_eq!(newest_snapshot("homelab-backup-$(reboot) file:///a\n"), None);
    }
}
