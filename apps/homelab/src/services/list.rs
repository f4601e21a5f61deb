//! What services there are, and what they say.

use homelab_plan::plan::Desired;
use serde::Serialize;
use serde_json::Value;

use super::{ServiceError, application};
use crate::apply::Random;
use crate::errand::{Errand, Say, patiently};
use crate::kubernetes::{ApiError, Kubernetes, Reference};
use crate::reach::Reach;

/// A service of the cluster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// Its name.
    pub name: String,
    /// The namespace that it lives in.
    pub namespace: String,
    /// Whether the cluster is as git says.
    pub sync: String,
    /// Whether it works.
    pub health: String,
    /// What runs, with digests.
    pub images: Vec<String>,
    /// What it follows.
    pub repository: String,
}

/// All services of the cluster, by name.
///
/// # Errors
/// See [`ServiceError`].
pub async fn list(
    reach: &Reach,
    desired: &Desired,
    random: &dyn Random,
    say: Say<'_>,
) -> Result<Vec<Listed>, ServiceError> {
    let cluster = Errand::new(reach, desired, random, say).cluster().await?;
    Ok(patiently(async || Ok(listed_in(&cluster).await?)).await?)
}

/// All services of a cluster, by name.
///
/// # Errors
/// See [`ApiError`].
pub async fn listed_in(cluster: &Kubernetes) -> Result<Vec<Listed>, ApiError> {
    let collection = Reference { name: String::new(), ..application("") };
    let mut listed: Vec<Listed> = cluster.list(&collection).await?.iter().map(listed).collect();
    listed.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(listed)
}

impl Listed {
    /// Whether the cluster is as git says, and it works.
    pub fn is_well(&self) -> bool {
        self.sync == "Synced" && self.health == "Healthy"
    }
}

fn listed(application: &Value) -> Listed {
    let text = |pointer: &str| application.pointer(pointer).and_then(Value::as_str).unwrap_or("-").to_owned();
    let images = application["status"]["summary"]["images"].as_array().into_iter().flatten();
    Listed {
        name: text("/metadata/name"),
        namespace: text("/spec/destination/namespace"),
        sync: text("/status/sync/status"),
        health: text("/status/health/status"),
        images: images.filter_map(Value::as_str).map(str::to_owned).collect(),
        repository: text("/spec/source/repoURL"),
    }
}

/// The last lines of each pod of a service.
///
/// # Errors
/// See [`ServiceError`].
pub async fn logs(
    reach: &Reach,
    desired: &Desired,
    name: &str,
    lines: u32,
    random: &dyn Random,
    say: Say<'_>,
) -> Result<Vec<(String, String)>, ServiceError> {
    let cluster = Errand::new(reach, desired, random, say).cluster().await?;
    let reference = application(name);
    let found = patiently(async || Ok(cluster.get(&reference).await?)).await?;
    let found = found.ok_or_else(|| ServiceError::NoApplication { name: name.to_owned() })?;
    let namespace = found["spec"]["destination"]["namespace"].as_str().unwrap_or(name).to_owned();
    let collection = Reference::new("v1", "Pod", &namespace, "");
    let mut logs = Vec::new();
    for pod in patiently(async || Ok(cluster.list(&collection).await?)).await? {
        let pod = pod["metadata"]["name"].as_str().unwrap_or_default().to_owned();
        // A pod that has not begun has no log; what keeps it is said in the place of one.
        let text = match cluster.logs(&namespace, &pod, lines).await {
            Ok(text) => text,
            Err(error) => format!("({error})\n"),
        };
        logs.push((pod, text));
    }
    Ok(logs)
}
