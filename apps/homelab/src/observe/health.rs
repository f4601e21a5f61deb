//! How a home is, for a person who looks at it: what was observed, and what only people want to know.

use std::collections::{BTreeMap, BTreeSet};

use homelab_plan::bytes::Bytes;
use homelab_plan::plan::{Desired, Observed, tag_of};
use serde::Serialize;
use serde_json::Value;

use super::cluster::{access, open};
use super::{Blind, Manifests, observe};
use crate::backups;
use crate::kubernetes::{ApiError, Kubernetes, Reference};
use crate::reach::Reach;
use crate::services::{self, Listed};

/// Pods of a cluster that does not work are many, and the first tell the reason.
const TROUBLED_PODS_MAX: usize = 20;

/// How a home is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Health {
    /// Whether nothing is wrong.
    pub is_well: bool,
    /// The nodes of the file.
    pub nodes: Vec<NodeHealth>,
    /// What `homelab up` brings to the cluster.
    pub components: Vec<ComponentHealth>,
    /// What was registered.
    pub services: Vec<Listed>,
    /// Pods in numbers, and those that do not work.
    pub pods: Pods,
    /// What there is to go back to.
    pub backups: Backups,
    /// Why the cluster cannot be looked into, if it cannot.
    pub unseen: Option<String>,
}

/// A node, its container, and what its pods asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NodeHealth {
    /// Its name.
    pub name: String,
    /// Number and state of its container; or `missing`.
    pub container: String,
    /// `ready`, `not ready`, `drained`, `not joined`, or why it is silent.
    pub cluster: String,
    /// The release that it runs.
    pub k3s: String,
    /// Memory of its container.
    pub memory: String,
    /// Memory that pods may ask for, bytes.
    pub allocatable: u64,
    /// Memory that its pods ask for, bytes.
    pub requested: u64,
    /// How many pods are on it.
    pub pods: usize,
}

/// A component.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ComponentHealth {
    /// Its name.
    pub name: String,
    /// `ready`, `not there`, or what it waits for.
    pub state: String,
}

/// Pods.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pods {
    /// How many work, or are done.
    pub well: usize,
    /// Those that do not.
    pub troubled: Vec<PodTrouble>,
}

/// A pod that does not work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PodTrouble {
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// Where it is; empty if it has no place.
    pub node: String,
    /// What keeps it.
    pub state: String,
}

/// What there is to go back to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Backups {
    /// When `homelab backup` last came to its end.
    pub last: Option<String>,
    /// When the databases were last dumped inside the cluster.
    pub last_dump: Option<String>,
}

/// Looks at everything.
///
/// # Errors
/// The host or its containers cannot be looked at.
pub async fn health(reach: &Reach, desired: &Desired, manifests: &[Manifests]) -> Result<Health, Blind> {
    let seen = observe(reach, desired, manifests, &BTreeSet::new()).await?;
    let mut health = Health {
        is_well: false,
        nodes: nodes(desired, &seen),
        components: components(&seen),
        services: Vec::new(),
        pods: Pods::default(),
        backups: Backups::default(),
        unseen: None,
    };
    if seen.cluster.is_some()
        && let Err(error) = look_inside(reach, desired, &mut health).await
    {
        health.unseen = Some(error.to_string());
    }
    health.is_well = seen.cluster.is_some()
        && health.unseen.is_none()
        && health.nodes.iter().all(|node| node.cluster == "ready")
        && health.components.iter().all(|component| component.state == "ready")
        && health.services.iter().all(Listed::is_well)
        && health.pods.troubled.is_empty();
    Ok(health)
}

/// What the API server tells besides.
async fn look_inside(reach: &Reach, desired: &Desired, health: &mut Health) -> Result<(), ApiError> {
    let Some(access) = access(reach, desired).await else {
        return Err(ApiError::BadAccess { cause: "the first server does not show it".to_owned() });
    };
    let cluster = open(reach, &access)?;
    for node in cluster.list(&Reference::new("v1", "Node", "", "")).await? {
        let name = node["metadata"]["name"].as_str().unwrap_or_default();
        let Some(known) = health.nodes.iter_mut().find(|known| known.name == name) else { continue };
        known.allocatable = quantity(&node["status"]["allocatable"]["memory"]);
        if node["spec"]["unschedulable"] == true && known.cluster == "ready" {
            known.cluster = "drained".to_owned();
        }
    }
    for pod in cluster.list(&Reference::new("v1", "Pod", "", "")).await? {
        count(&pod, health);
    }
    health.services = services::listed_in(&cluster).await?;
    health.backups = backups_in(&cluster).await?;
    Ok(())
}

fn count(pod: &Value, health: &mut Health) {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (spec, node) = (&pod["spec"], text(&pod["spec"]["nodeName"]));
    let is_over = matches!(pod["status"]["phase"].as_str(), Some("Succeeded" | "Failed"));
    if let Some(known) = health.nodes.iter_mut().find(|known| known.name == node && !is_over) {
        known.pods += 1;
        let containers = spec["containers"].as_array().into_iter().flatten();
        known.requested +=
            containers.map(|container| quantity(&container["resources"]["requests"]["memory"])).sum::<u64>();
    }
    match trouble(pod) {
        None => health.pods.well += 1,
        Some(state) if health.pods.troubled.len() < TROUBLED_PODS_MAX => health.pods.troubled.push(PodTrouble {
            namespace: text(&pod["metadata"]["namespace"]),
            name: text(&pod["metadata"]["name"]),
            node,
            state,
        }),
        Some(_) => {}
    }
}

/// What keeps a pod from working; none if it works, or is done.
fn trouble(pod: &Value) -> Option<String> {
    let status = &pod["status"];
    let phase = status["phase"].as_str().unwrap_or("Unknown");
    if phase == "Succeeded" {
        return None;
    }
    let mut containers = status["containerStatuses"].as_array().into_iter().flatten();
    let reason = containers.find_map(|container| container["state"]["waiting"]["reason"].as_str());
    if let Some(reason) = reason {
        return Some(reason.to_owned());
    }
    let mut conditions = status["conditions"].as_array().into_iter().flatten();
    let is_ready = conditions.any(|condition| condition["type"] == "Ready" && condition["status"] == "True");
    match phase {
        "Running" if is_ready => None,
        "Running" => Some("not ready".to_owned()),
        other => Some(other.to_owned()),
    }
}

async fn backups_in(cluster: &Kubernetes) -> Result<Backups, ApiError> {
    let mark = cluster.get(&backups::mark_reference()).await?.unwrap_or_default();
    let dumps = cluster.get(&Reference::new("batch/v1", "CronJob", "postgres", "postgres-dump")).await?;
    let dumps = dumps.unwrap_or_default();
    Ok(Backups {
        last: mark["data"]["made_at"].as_str().map(str::to_owned),
        last_dump: dumps["status"]["lastSuccessfulTime"].as_str().map(str::to_owned),
    })
}

fn nodes(desired: &Desired, seen: &Observed) -> Vec<NodeHealth> {
    let tag = tag_of(&desired.home);
    let node = |name: &str| {
        let container =
            seen.containers.iter().find(|container| container.name == name && container.tags.contains(&tag));
        let joined = seen.cluster.as_ref().and_then(|cluster| cluster.nodes.get(name));
        let cluster = match (container, joined) {
            (None, _) => "-".to_owned(),
            (_, Some(node)) if node.is_ready => "ready".to_owned(),
            (_, Some(_)) => "not ready".to_owned(),
            (_, None) => seen.silent.get(name).map_or("not joined".to_owned(), |why| format!("silent: {why}")),
        };
        let state = |is_running| if is_running { "running" } else { "stopped" };
        NodeHealth {
            name: name.to_owned(),
            container: container.map_or("missing".to_owned(), |container| {
                format!("{} {}", container.vmid, state(container.is_running))
            }),
            cluster,
            k3s: joined.map_or("-".to_owned(), |node| node.version.clone()),
            memory: container.map_or("-".to_owned(), |container| container.memory.to_string()),
            allocatable: 0,
            requested: 0,
            pods: 0,
        }
    };
    desired.home.nodes.iter().map(|found| node(found.name.as_str())).collect()
}

fn components(seen: &Observed) -> Vec<ComponentHealth> {
    let none = BTreeMap::new();
    let components = seen.cluster.as_ref().map_or(&none, |cluster| &cluster.components);
    let component = |(name, component): (&String, &homelab_plan::plan::ComponentSeen)| {
        let word = if component.is_ready { "ready" } else { "not there" };
        ComponentHealth { name: name.clone(), state: component.waits_for.clone().unwrap_or_else(|| word.to_owned()) }
    };
    components.iter().map(component).collect()
}

/// Bytes as Kubernetes writes them, such as `256Mi` and `6291456Ki`. What is written in another way counts as nothing.
fn quantity(value: &Value) -> u64 {
    let text = value.as_str().unwrap_or_default();
    let digits = text.trim_end_matches(|character: char| character.is_ascii_alphabetic());
    let Ok(number) = digits.parse::<u64>() else { return 0 };
    let unit = match &text[digits.len()..] {
        "Ki" => 1 << 10,
        "Mi" => 1 << 20,
        "Gi" => 1 << 30,
        "Ti" => 1 << 40,
        "k" => 1000,
        "M" => 1_000_000,
        "G" => 1_000_000_000,
        "m" => return number / 1000,
        _ => 1,
    };
    number.saturating_mul(unit)
}

impl NodeHealth {
    /// What pods ask for, out of what they may.
    pub fn use_in_words(&self) -> String {
        if self.allocatable == 0 {
            return "-".to_owned();
        }
        let words = |bytes| Bytes::new(bytes).to_words();
        format!("{} of {}", words(self.requested), words(self.allocatable))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn sizes_of_kubernetes_are_bytes() {
        for (text, bytes) in [
            ("256Mi", 256 << 20),
            ("6291456Ki", 6 << 30),
            ("2Gi", 2 << 30),
            ("1G", 1_000_000_000),
            ("5000m", 5),
            ("17", 17),
            ("", 0),
            ("many", 0),
        ] {
            assert_eq!(quantity(&json!(text)), bytes, "{text}");
        }
    }

    #[test]
    fn a_pod_tells_what_keeps_it() {
        let ready = json!([{ "type": "Ready", "status": "True" }]);
        let pulls = json!([{ "state": { "waiting": { "reason": "ImagePullBackOff" } } }]);
        for (status, expected) in [
            (json!({ "phase": "Running", "conditions": ready }), None),
            (json!({ "phase": "Succeeded" }), None),
            (json!({ "phase": "Running" }), Some("not ready")),
            (json!({ "phase": "Pending" }), Some("Pending")),
            (json!({ "phase": "Pending", "containerStatuses": pulls }), Some("ImagePullBackOff")),
        ] {
            assert_eq!(trouble(&json!({ "status": status })).as_deref(), expected, "{status}");
        }
    }
}
