//! Emptying a node: no new pods, and the old ones leave as their disruption budgets allow.

use std::time::Duration;

use homelab_plan::care::{Pod, drain as decide};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use super::NodeError;
use crate::errand::{Errand, patiently};
use crate::kubernetes::{ApiError, Kubernetes, Reference};

/// A pod may take a minute to stop, and its budget waits until another one works: some minutes for each.
const DRAIN_TIME_MAX: Duration = Duration::from_secs(900);

/// How often is looked.
const LOOK_TIME: Duration = Duration::from_secs(5);

/// The annotation of a pod that the kubelet runs from a file.
const MIRROR: &str = "kubernetes.io/config.mirror";

/// Empties a node. With `is_answering` false nobody is there to say that a pod has stopped: nothing is waited for then.
pub(super) async fn drain(
    errand: &Errand<'_>,
    cluster: &Kubernetes,
    node: &str,
    is_answering: bool,
) -> Result<(), NodeError> {
    let reference = Reference::new("v1", "Node", "", node);
    let cordon = json!({ "spec": { "unschedulable": true } });
    patiently(async || Ok(cluster.patch(&reference, &cordon).await?)).await?;
    errand.say(&format!("`{node}` takes no new pods"));
    if !is_answering {
        return Ok(());
    }
    let began = Instant::now();
    let mut left = usize::MAX;
    loop {
        let decided = decide(&pods_of(cluster, node).await?);
        if !decided.alone.is_empty() {
            let pods = decided.alone.iter().map(name_of).collect();
            return Err(NodeError::LonelyPods { name: node.to_owned(), pods });
        }
        let Some(first) = decided.evicted.first() else {
            errand.say(&format!("`{node}` is empty"));
            return Ok(());
        };
        if decided.evicted.len() != left {
            left = decided.evicted.len();
            errand.say(&format!("{left} pods are still on `{node}`"));
        }
        let mut reason = "it does not stop".to_owned();
        for pod in &decided.evicted {
            if let Some(refusal) = evict(cluster, pod).await? {
                reason = refusal;
            }
        }
        if began.elapsed() > DRAIN_TIME_MAX {
            return Err(NodeError::PodStays {
                name: node.to_owned(),
                pod: name_of(first),
                reason,
                seconds: DRAIN_TIME_MAX.as_secs(),
            });
        }
        sleep(LOOK_TIME).await;
    }
}

/// Asks a pod to leave. Why not, if its budget forbids it.
async fn evict(cluster: &Kubernetes, pod: &Pod) -> Result<Option<String>, NodeError> {
    match cluster.evict(&pod.namespace, &pod.name).await {
        Ok(()) => Ok(None),
        Err(ApiError::Refused { status: 429, message, .. }) => Ok(Some(message)),
        // A server that stumbles now is asked again at the next look.
        Err(ApiError::Silent { .. } | ApiError::Refused { status: 500.., .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

async fn pods_of(cluster: &Kubernetes, node: &str) -> Result<Vec<Pod>, NodeError> {
    let all = patiently(async || Ok(cluster.list(&Reference::new("v1", "Pod", "", "")).await?)).await?;
    Ok(all.iter().filter(|pod| pod["spec"]["nodeName"] == node).map(pod_of).collect())
}

fn pod_of(pod: &Value) -> Pod {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let owners = pod["metadata"]["ownerReferences"].as_array().into_iter().flatten();
    let owner = owners.filter(|owner| owner["controller"] == true).map(|owner| text(&owner["kind"])).next();
    Pod {
        namespace: text(&pod["metadata"]["namespace"]),
        name: text(&pod["metadata"]["name"]),
        owner,
        is_mirror: !pod["metadata"]["annotations"][MIRROR].is_null(),
        is_finished: matches!(pod["status"]["phase"].as_str(), Some("Succeeded" | "Failed")),
    }
}

fn name_of(pod: &Pod) -> String {
    format!("{}/{}", pod.namespace, pod.name)
}
