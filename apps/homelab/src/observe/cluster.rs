//! The cluster: its nodes, and what we brought to it.

use std::collections::BTreeMap;

use homelab_plan::config::Node;
use homelab_plan::plan::{ClusterSeen, ComponentSeen, Desired, NodeSeen, Observed, files};
use serde_json::Value;

use super::Blind;
use crate::kubernetes::{self, Access, ApiError, Kubernetes, Reference};
use crate::reach::Reach;

/// The annotation by which an object tells which manifests it comes from.
pub(crate) const HASH_ANNOTATION: &str = "homelab/manifests";

/// The manifests of one component, as they go to the cluster.
#[derive(Clone, Debug, PartialEq)]
pub struct Manifests {
    /// What it is called.
    pub component: String,
    /// Names these manifests.
    pub hash: String,
    /// The objects, in the order in which they are applied.
    pub objects: Vec<Value>,
    /// The secret that it needs, as `namespace/name`, and the keys for which passwords are generated.
    pub secret: Option<(String, Vec<String>)>,
}

/// The administrator's way in, read from the first server. None while there is no cluster, or the server is silent.
pub async fn access(reach: &Reach, desired: &Desired) -> Option<Access> {
    let server = desired.first_server()?;
    let key = reach.desk.host_key(server.address.0).ok().flatten()?;
    let command = format!("cat {}", files::KUBECONFIG_PATH);
    let output = reach.hosts.run(server.address.0, &key, &command, &[]).await.ok()?;
    let text = String::from_utf8(output.stdout).ok().filter(|_| output.status == 0)?;
    Access::from_k3s(&text, &server_url(server))
}

/// Where a server's API answers.
fn server_url(server: &Node) -> String {
    format!("https://{}:6443", server.address)
}

/// The cluster at the end of a way in.
///
/// # Errors
/// The way in is of no use.
pub fn open(reach: &Reach, access: &Access) -> Result<Kubernetes, ApiError> {
    Ok(Kubernetes::new(reach.clusters.open(access)?))
}

pub(super) async fn observe(
    reach: &Reach,
    desired: &Desired,
    manifests: &[Manifests],
    observed: &mut Observed,
) -> Result<(), Blind> {
    let is_running = desired
        .first_server()
        .is_some_and(|server| observed.machines.get(server.name.as_str()).is_some_and(|machine| machine.k3s.is_active));
    let (name, kubeconfig) = (desired.home.cluster.name.as_str(), reach.desk.kubeconfig()?);
    let server = desired.first_server().map(server_url).unwrap_or_default();
    observed.has_foreign_kubeconfig = kubernetes::is_foreign(&kubeconfig, name, &server, None);
    if !is_running {
        return Ok(());
    }
    let Some(access) = access(reach, desired).await else { return Ok(()) };
    observed.has_kubeconfig = kubernetes::points_to(&kubeconfig, name, &access);
    observed.has_foreign_kubeconfig = kubernetes::is_foreign(&kubeconfig, name, &server, Some(&access.authority));
    // A server that does not answer yet has no cluster to show: the plan waits for its nodes.
    if let Ok(cluster) = open(reach, &access)
        && let Ok(seen) = look(&cluster, manifests).await
    {
        observed.cluster = Some(seen);
    }
    Ok(())
}

async fn look(cluster: &Kubernetes, manifests: &[Manifests]) -> Result<ClusterSeen, ApiError> {
    let mut seen = ClusterSeen::default();
    for node in cluster.list(&Reference::new("v1", "Node", "", "")).await? {
        let name = node["metadata"]["name"].as_str().unwrap_or_default().to_owned();
        let version = node["status"]["nodeInfo"]["kubeletVersion"].as_str().unwrap_or_default().to_owned();
        seen.nodes.insert(name, NodeSeen { is_ready: is_ready(&node), version });
    }
    for component in manifests {
        seen.components.insert(component.component.clone(), look_at(cluster, component).await?);
        if let Some((secret, _)) = &component.secret
            && cluster.get(&secret_reference(secret)).await?.is_some()
        {
            seen.secrets.insert(secret.clone());
        }
    }
    Ok(seen)
}

/// `namespace/name` of a secret.
pub(crate) fn secret_reference(secret: &str) -> Reference {
    let (namespace, name) = secret.split_once('/').unwrap_or(("default", secret));
    Reference::new("v1", "Secret", namespace, name)
}

/// How a component is.
pub(crate) async fn look_at(cluster: &Kubernetes, manifests: &Manifests) -> Result<ComponentSeen, ApiError> {
    let mut hashes: BTreeMap<Option<String>, usize> = BTreeMap::new();
    let mut waits_for = None;
    for object in &manifests.objects {
        let Some(reference) = Reference::of(object) else { continue };
        let found = cluster.get(&reference).await?;
        let hash = found.as_ref().and_then(|found| found["metadata"]["annotations"][HASH_ANNOTATION].as_str());
        *hashes.entry(hash.map(str::to_owned)).or_default() += 1;
        if waits_for.is_none() {
            waits_for = found.as_ref().and_then(|found| waiting(found, &reference));
        }
    }
    if waits_for.is_none() {
        waits_for = what_a_chart_waits_for(cluster, manifests).await?;
    }
    // All objects, and all from the same manifests.
    let hash = match hashes.into_iter().next() {
        Some((hash, count)) if count == manifests.objects.len() => hash,
        _ => None,
    };
    Ok(ComponentSeen { is_ready: hash.is_some() && waits_for.is_none(), hash, waits_for })
}

/// What an object waits for, in words; none if it is ready or of a kind that always is.
fn waiting(object: &Value, reference: &Reference) -> Option<String> {
    let number = |path: &Value| path.as_i64().unwrap_or(0);
    let status = &object["status"];
    let is_seen = number(&status["observedGeneration"]) >= number(&object["metadata"]["generation"]);
    let what = format!("{} `{}`", reference.kind, reference.name);
    match reference.kind.as_str() {
        "Deployment" | "StatefulSet" => {
            let wanted = object["spec"]["replicas"].as_i64().unwrap_or(1);
            let ready = number(&status["readyReplicas"]);
            let updated = number(&status["updatedReplicas"]);
            (!is_seen || ready < wanted || updated < wanted).then(|| format!("{what}: {ready} of {wanted} ready"))
        }
        "HelmChart" => {
            let job = status["jobName"].as_str();
            job.is_none().then(|| format!("{what}: its job has not begun"))
        }
        _ => None,
    }
}

/// A HelmChart says only that its job began: what it installs is looked at by itself.
async fn what_a_chart_waits_for(cluster: &Kubernetes, manifests: &Manifests) -> Result<Option<String>, ApiError> {
    for object in manifests.objects.iter().filter(|object| object["kind"] == "HelmChart") {
        let namespace = object["spec"]["targetNamespace"].as_str().unwrap_or("default");
        let mut count = 0;
        for kind in ["Deployment", "StatefulSet"] {
            for workload in cluster.list(&Reference::new("apps/v1", kind, namespace, "")).await? {
                count += 1;
                let name = workload["metadata"]["name"].as_str().unwrap_or_default();
                let reference = Reference::new("apps/v1", kind, namespace, name);
                if let Some(waiting) = waiting(&workload, &reference) {
                    return Ok(Some(waiting));
                }
            }
        }
        if count == 0 {
            return Ok(Some(format!("the chart of `{namespace}` has installed nothing yet")));
        }
    }
    Ok(None)
}

/// Whether the cluster counts on a node.
pub(crate) fn is_ready(node: &Value) -> bool {
    let conditions = node["status"]["conditions"].as_array().into_iter().flatten();
    conditions.filter(|condition| condition["type"] == "Ready").any(|condition| condition["status"] == "True")
}
