//! A home from a backup, onto new containers.
//!
//! How far a restore came stands in a file on the first server, with the name of the backup. So a restore that was interrupted
//! goes on, and one that is done is not done again over what has been written since.

use homelab_plan::care::{PartKind, short_token};
use homelab_plan::config::{K3sVersion, Node};
use homelab_plan::plan::{Desired, files};
use homelab_plan::service::{
    NOBODY_SIGNS_IN, PSQL_ARGUMENTS, PSQL_GLOBALS_ARGUMENTS, drop_before_restore, restore_arguments,
};

use super::{Backup, BackupError};
use crate::apply::machine_steps::{configure_k3s, start_k3s};
use crate::apply::{self, Listener, Random, StepError};
use crate::errand::{Errand, Say, patiently};
use crate::kubernetes::Reference;
use crate::nodes::is_bound_to;
use crate::observe::Manifests;
use crate::reach::Reach;

/// How far a restore came, on the first server.
const PROGRESS_PATH: &str = "/var/lib/rancher/homelab-restore";

/// Where the snapshot waits.
const SNAPSHOT_PATH: &str = "/var/lib/rancher/homelab-etcd-snapshot";

/// Where etcd keeps the state of a cluster, once there is one.
const ETCD_PATH: &str = "/var/lib/rancher/k3s/server/db/etcd";

/// K3s leaves this when a cluster was reset, and takes it away at its next start.
const RESET_FLAG: &str = "/var/lib/rancher/k3s/server/db/reset-flag";

/// How far a restore came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    /// The state is being brought.
    Begun,
    /// The state is there.
    State,
    /// Everything is there.
    Done,
}

/// Restores a backup. `listener` hears the steps that make containers and start the cluster.
///
/// # Errors
/// See [`BackupError`]. Whatever was done stays, and a further run goes on.
pub async fn restore(
    reach: &Reach,
    desired: &Desired,
    manifests: &[Manifests],
    backup: &Backup,
    random: &dyn Random,
    listener: &dyn Listener,
    say: Say<'_>,
) -> Result<(), BackupError> {
    check_release(desired, backup)?;
    let errand = Errand::new(reach, desired, random, say);
    BackupError::of(apply::prepare(reach, desired, manifests, random, listener).await)?;
    let server = errand.first_server()?;
    let stage = stage(&errand, server, backup).await?;
    if stage == Some(Stage::Done) {
        errand.say("this backup is restored already");
        return Ok(());
    }
    if stage < Some(Stage::State) {
        bring_state(&errand, server, backup, stage.is_none()).await?;
    }
    greet_new_nodes(&errand, server).await?;
    BackupError::of(apply::up(reach, desired, manifests, random, listener).await)?;
    bring_databases(&errand, backup).await?;
    write_stage(&errand, server, backup, "done").await?;
    Ok(())
}

/// A snapshot is read by the release that wrote it, or by the next.
fn check_release(desired: &Desired, backup: &Backup) -> Result<(), BackupError> {
    let file = &desired.home.k3s.version;
    let fits = K3sVersion::parse(&backup.manifest.k3s).is_some_and(|of_backup| {
        *file >= of_backup && file.major == of_backup.major && file.minor <= of_backup.minor + 1
    });
    if fits {
        return Ok(());
    }
    Err(BackupError::OtherRelease { backup: backup.manifest.k3s.clone(), file: file.to_string() })
}

/// How far a restore of this backup came; none if it has not begun.
async fn stage(errand: &Errand<'_>, server: &Node, backup: &Backup) -> Result<Option<Stage>, BackupError> {
    let progress = patiently(async || errand.context.ask(server, &format!("cat {PROGRESS_PATH}")).await).await?;
    let text = progress.text();
    let stage = match text.strip_prefix(&backup.id).map(str::trim) {
        Some("begun") => Some(Stage::Begun),
        Some("state") => Some(Stage::State),
        Some("done") => Some(Stage::Done),
        _ => None,
    };
    let has_cluster = errand.context.ask(server, &format!("test -e {ETCD_PATH}")).await?.status == 0;
    if stage.is_none() && has_cluster {
        return Err(BackupError::ClusterThere { server: server.name.to_string() });
    }
    Ok(stage)
}

async fn write_stage(errand: &Errand<'_>, server: &Node, backup: &Backup, stage: &str) -> Result<(), BackupError> {
    let text = format!("{} {stage}\n", backup.id);
    patiently(async || errand.context.write(server, PROGRESS_PATH, "0600", text.as_bytes()).await).await?;
    Ok(())
}

/// Begins the cluster from the snapshot: with the token that it is encrypted with, which K3s reads from its configuration.
async fn bring_state(errand: &Errand<'_>, server: &Node, backup: &Backup, is_new: bool) -> Result<(), BackupError> {
    let part = |kind| backup.manifest.part(&kind).map(|part| backup.bytes(part)).transpose();
    let token = part(PartKind::ServerToken)?.unwrap_or_default();
    let snapshot = part(PartKind::EtcdSnapshot)?.unwrap_or_default();
    let name = server.name.as_str();
    write_stage(errand, server, backup, "begun").await?;
    let flag = patiently(async || errand.context.ask(server, &format!("test -e {RESET_FLAG}")).await).await?;
    // An interrupted run may have come to the end of this.
    if is_new || flag.status != 0 {
        let token = files::token_line(short_token(&String::from_utf8_lossy(&token)));
        let leftovers = format!("rm -rf {ETCD_PATH} {RESET_FLAG}");
        patiently(async || errand.context.tell(server, &leftovers, &[]).await).await?;
        patiently(async || errand.context.write(server, files::CONFIG_PATH, "0600", token.as_bytes()).await).await?;
        patiently(async || configure_k3s(&errand.context, name).await).await?;
        patiently(async || errand.context.write(server, SNAPSHOT_PATH, "0600", &snapshot).await).await?;
        reset(errand, server).await?;
    }
    write_stage(errand, server, backup, "state").await?;
    let cleaning = format!("rm -f {SNAPSHOT_PATH}");
    patiently(async || errand.context.tell(server, &cleaning, &[]).await).await?;
    errand.say(&format!("`{name}` has the state of {}", backup.manifest.made_at));
    Ok(())
}

/// Lets K3s begin anew from the snapshot. A connection that broke may have broken after it did so, which its flag tells.
async fn reset(errand: &Errand<'_>, server: &Node) -> Result<(), StepError> {
    let command = format!("{} server --cluster-reset --cluster-reset-restore-path={SNAPSHOT_PATH}", files::BINARY_PATH);
    patiently(async || match errand.context.tell(server, &command, &[]).await {
        Err(error) => {
            let flag = errand.context.ask(server, &format!("test -e {RESET_FLAG}")).await?;
            if flag.status == 0 { Ok(()) } else { Err(error) }
        }
        Ok(_) => Ok(()),
    })
    .await
}

/// The cluster remembers the old machines: each node shows a password that the new one does not have. It forgets them, and
/// makes room for the volumes that it remembers, whose folders went with the old disks.
async fn greet_new_nodes(errand: &Errand<'_>, server: &Node) -> Result<(), BackupError> {
    patiently(async || start_k3s(&errand.context, server.name.as_str()).await).await?;
    let cluster = errand.cluster().await?;
    let secrets = Reference::new("v1", "Secret", "kube-system", "");
    for secret in patiently(async || Ok(cluster.list(&secrets).await?)).await? {
        let name = secret["metadata"]["name"].as_str().unwrap_or_default();
        if name.ends_with(".node-password.k3s") {
            let reference = Reference::new("v1", "Secret", "kube-system", name);
            patiently(async || Ok(cluster.delete(&reference).await?)).await?;
        }
    }
    let volumes = Reference::new("v1", "PersistentVolume", "", "");
    for volume in patiently(async || Ok(cluster.list(&volumes).await?)).await? {
        let spec = &volume["spec"];
        let path = spec["hostPath"]["path"].as_str().or(spec["local"]["path"].as_str()).unwrap_or_default();
        let is_plain =
            path.starts_with('/') && path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/_.-".contains(&byte));
        let nodes = errand.context.desired.home.nodes.iter();
        for node in nodes.filter(|node| is_plain && is_bound_to(&volume, node.name.as_str())) {
            // As K3s's provisioner makes them: whoever claims the volume writes into it.
            let command = format!("mkdir -p -m 0777 {path}");
            patiently(async || errand.context.tell(node, &command, &[]).await).await?;
        }
    }
    errand.say("the cluster takes the new nodes for the old ones");
    Ok(())
}

/// Brings roles and databases back. Nobody signs in before all of them are whole.
async fn bring_databases(errand: &Errand<'_>, backup: &Backup) -> Result<(), BackupError> {
    let Some(part) = backup.manifest.part(&PartKind::PostgresRoles) else { return Ok(()) };
    let roles = backup.bytes(part)?;
    let shut = [roles.as_slice(), b"\n", NOBODY_SIGNS_IN.as_bytes()].concat();
    errand.tell_postgres(PSQL_GLOBALS_ARGUMENTS, &shut).await?;
    for part in &backup.manifest.parts {
        let PartKind::PostgresDatabase { name } = &part.kind else { continue };
        let dump = backup.bytes(part)?;
        patiently(async || {
            // Both together, each time: what a broken connection left half restored is dropped again.
            if let Some(drop) = drop_before_restore(name) {
                errand.tell_postgres_once(PSQL_ARGUMENTS, drop.as_bytes()).await?;
            }
            errand.tell_postgres_once(&restore_arguments(name), &dump).await
        })
        .await?;
        errand.say(&format!("the database `{name}` is back"));
    }
    errand.tell_postgres(PSQL_GLOBALS_ARGUMENTS, &roles).await?;
    Ok(())
}
