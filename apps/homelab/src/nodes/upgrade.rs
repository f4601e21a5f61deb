//! A newer K3s for all nodes: servers first, one at a time, each ready before the next.
//!
//! What runs goes on running meanwhile: K3s's unit leaves the pods alone when it restarts (`KillMode=process`).

use std::time::Duration;

use homelab_plan::care::{NodeVersion, next_upgrade};
use homelab_plan::config::{K3sVersion, Role};
use homelab_plan::plan::{Desired, files};
use serde_json::Value;
use tokio::time::{Instant, sleep};

use super::NodeError;
use crate::apply::machine_steps::{fetch_k3s, install_k3s, start_k3s};
use crate::apply::{Random, StepError};
use crate::errand::{Errand, Say, patiently};
use crate::kubernetes::{Kubernetes, Reference};
use crate::observe::{is_ready, version_of};
use crate::reach::{Output, Reach};

/// A node starts in half a minute; one that migrates its state takes a few.
const BACK_TIME_MAX: Duration = Duration::from_secs(600);

/// How often is looked.
const LOOK_TIME: Duration = Duration::from_secs(3);

/// Brings all nodes to the release of the file. Gives the names of those that were upgraded, in their order.
///
/// # Errors
/// See [`NodeError`]. Whatever was upgraded stays upgraded, and a further run goes on.
pub async fn upgrade(
    reach: &Reach,
    desired: &Desired,
    random: &dyn Random,
    say: Say<'_>,
) -> Result<Vec<String>, NodeError> {
    let errand = Errand::new(reach, desired, random, say);
    let target = &desired.home.k3s.version;
    let version = target.to_string();
    let mut upgraded = Vec::new();
    // Each pass upgrades one node.
    for _ in 0..=desired.home.nodes.len() {
        wait_until_calm(&errand).await?;
        let seen = look(&errand).await?;
        let next = next_upgrade(target, &seen).map_err(|refused| NodeError::Refused { refused })?;
        let Some(next) = next else { return Ok(upgraded) };
        if upgraded.is_empty() {
            patiently(async || fetch_k3s(&errand.context, &version).await).await?;
            snapshot(&errand, &seen, target).await?;
        }
        let name = next.name.clone();
        errand.say(&format!(
            "`{name}`: {} -> {version}",
            next.running.as_ref().map_or("?".to_owned(), ToString::to_string)
        ));
        patiently(async || install_k3s(&errand.context, &name, &version).await).await?;
        patiently(async || start_k3s(&errand.context, &name).await).await?;
        wait_for(&errand, &name, &version).await?;
        errand.say(&format!("`{name}` is ready with {version}"));
        upgraded.push(name);
    }
    Ok(upgraded)
}

/// Whether the release of the file may come next, without changing anything.
///
/// # Errors
/// It may not, or a node is away.
pub async fn check(reach: &Reach, desired: &Desired, random: &dyn Random) -> Result<(), NodeError> {
    let errand = Errand::new(reach, desired, random, &|_| {});
    wait_until_calm(&errand).await?;
    let seen = look(&errand).await?;
    next_upgrade(&desired.home.k3s.version, &seen).map(drop).map_err(|refused| NodeError::Refused { refused })
}

/// A way back, before the first server is touched.
async fn snapshot(errand: &Errand<'_>, seen: &[NodeVersion], target: &K3sVersion) -> Result<(), NodeError> {
    let is_first = seen.iter().all(|node| node.role != Role::Server || node.running.as_ref() != Some(target));
    if is_first && errand.context.desired.has_etcd() {
        let command = format!("{} etcd-snapshot save --name before-upgrade", files::BINARY_PATH);
        errand.tell_server(&command, &[]).await?;
        errand.say("the state of the cluster is kept in a snapshot on the first server");
    }
    Ok(())
}

/// The versions of all nodes of the file.
async fn look(errand: &Errand<'_>) -> Result<Vec<NodeVersion>, NodeError> {
    let cluster = errand.cluster().await?;
    let mut seen = Vec::new();
    for node in &errand.context.desired.home.nodes {
        let name = node.name.as_str();
        let command = format!("{} --version", files::BINARY_PATH);
        let found = get(&cluster, name).await?;
        let output = match errand.context.ask(node, &command).await {
            Ok(output) => output,
            // A machine that is away has no version, and the order of the upgrade judges that it is away.
            Err(_) if !is_ready(&found) => Output::default(),
            Err(_) => patiently(async || errand.context.ask(node, &command).await).await?,
        };
        seen.push(NodeVersion {
            name: name.to_owned(),
            role: node.role,
            installed: version_of(&output.text()).as_deref().and_then(K3sVersion::parse),
            running: running(&found),
            is_ready: is_ready(&found),
        });
    }
    Ok(seen)
}

/// Waits a while until all nodes are ready; one that is not is judged by the order of the upgrade.
async fn wait_until_calm(errand: &Errand<'_>) -> Result<(), NodeError> {
    let began = Instant::now();
    loop {
        let cluster = errand.cluster().await?;
        let mut are_ready = true;
        for node in &errand.context.desired.home.nodes {
            are_ready &= is_ready(&get(&cluster, node.name.as_str()).await?);
        }
        if are_ready || began.elapsed() > BACK_TIME_MAX / 4 {
            return Ok(());
        }
        sleep(LOOK_TIME).await;
    }
}

/// Waits until a node is ready with this release. A restart that was lost on the way is asked for again.
async fn wait_for(errand: &Errand<'_>, name: &str, version: &str) -> Result<(), NodeError> {
    let began = Instant::now();
    let mut asked = began;
    loop {
        let found = match errand.cluster().await {
            Ok(cluster) => get(&cluster, name).await?,
            // While a server restarts nobody answers.
            Err(_) if began.elapsed() < BACK_TIME_MAX => Value::Null,
            Err(error) => return Err(error.into()),
        };
        let running = found["status"]["nodeInfo"]["kubeletVersion"].as_str().unwrap_or("unknown").to_owned();
        if is_ready(&found) && running == version {
            return Ok(());
        }
        if began.elapsed() > BACK_TIME_MAX {
            let what = if running == version { "is not ready".to_owned() } else { format!("still runs {running}") };
            return Err(NodeError::NotBack { name: name.to_owned(), what, seconds: BACK_TIME_MAX.as_secs() });
        }
        if asked.elapsed() > BACK_TIME_MAX / 5 {
            patiently(async || start_k3s(&errand.context, name).await).await?;
            asked = Instant::now();
        }
        sleep(LOOK_TIME).await;
    }
}

async fn get(cluster: &Kubernetes, name: &str) -> Result<Value, StepError> {
    let reference = Reference::new("v1", "Node", "", name);
    Ok(patiently(async || Ok(cluster.get(&reference).await?)).await?.unwrap_or_default())
}

fn running(node: &Value) -> Option<K3sVersion> {
    K3sVersion::parse(node["status"]["nodeInfo"]["kubeletVersion"].as_str()?)
}
