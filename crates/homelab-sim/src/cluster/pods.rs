//! Pods: placed on nodes, started, thrown out, and placed anew.

use std::time::Duration;

use serde_json::{Value, json};

use super::store::{self, Key, Refusal};
use super::volumes;
use crate::fault::Fault;
use crate::latency;
use crate::world::State;

/// The generation of the workload that a pod was made for.
const GENERATION: &str = "generation";

/// A controller looks after all pods of a workload.
pub(super) fn tend(state: &mut State, key: &Key) {
    let Some(workload) = state.cluster.objects.get(key).map(|object| object.value.clone()) else { return };
    let (replicas, generation) = (replicas(&workload), generation(&workload));
    set_status(state, key, None);
    // Of fewer replicas the last go first.
    let surplus: Vec<Key> = pods_of(state, key).into_iter().filter(|pod| number(pod) >= replicas).collect();
    for pod in surplus {
        state.cluster.objects.remove(&pod);
    }
    for number in 0..replicas {
        tend_one(state, key, generation, number);
    }
}

/// One pod: what keeps it from starting is tried again, for as long as the workload is the same.
fn tend_one(state: &mut State, key: &Key, generation_then: u64, number: u64) {
    let Some(workload) = state.cluster.objects.get(key).map(|object| object.value.clone()) else { return };
    let pod = pod_key(key, number);
    let is_there = state.cluster.objects.get(&pod).is_some_and(|pod| made_for(&pod.value) == Some(generation_then));
    if generation(&workload) != generation_then || is_there {
        return;
    }
    let again = |state: &mut State, delay| {
        let key = key.clone();
        state.later(delay, move |state| tend_one(state, &key, generation_then, number));
    };
    let template = &workload["spec"]["template"];
    if let Some(problem) = missing_reference(state, &key.namespace, template).or_else(|| bad_image(state, template)) {
        set_status(state, key, Some(&problem));
        return again(state, latency::POD_RETRY);
    }
    let Some(node) = place(state, &workload, &pod) else {
        set_status(state, key, Some("0 nodes are available: insufficient memory, or none that is wanted"));
        return again(state, latency::POD_RETRY);
    };
    if let Err(problem) = volumes::provide(state, &workload, &pod, &node) {
        set_status(state, key, Some(&problem));
        return again(state, latency::POD_RETRY);
    }
    if state.fault("cluster", Fault::PodRestarts, 2) {
        return again(state, latency::POD_BACK_OFF);
    }
    let key = key.clone();
    state.later(start_time(&key, template), move |state| arrive(state, &key, generation_then, number, &node));
}

/// How long it takes until a pod is ready: most of it is its image, which comes over a home's connection.
fn start_time(workload: &Key, template: &Value) -> Duration {
    let containers = template["spec"]["containers"].as_array().into_iter().flatten();
    let is_postgres = containers
        .filter_map(|container| container["image"].as_str())
        .any(|image| image.rsplit('/').next().is_some_and(|name| name.starts_with("postgres:")));
    match () {
        () if workload.name.starts_with("argocd-") => latency::ARGOCD_POD,
        () if is_postgres => latency::POSTGRES_POD,
        () => latency::POD,
    }
}

fn arrive(state: &mut State, key: &Key, generation_then: u64, number: u64, node: &str) {
    let Some(workload) = state.cluster.objects.get(key).map(|object| object.value.clone()) else { return };
    if generation(&workload) != generation_then || !is_ready(state, node) {
        return tend_one(state, key, generation_then, number);
    }
    let template = &workload["spec"]["template"];
    let owner = json!([{ "apiVersion": key.api_version, "kind": key.kind, "name": key.name, "uid": workload["metadata"]["uid"], "controller": true }]);
    let pod = json!({
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {
            "name": pod_key(key, number).name, "namespace": key.namespace,
            "labels": template["metadata"]["labels"], "annotations": { GENERATION: generation_then.to_string() },
            "ownerReferences": owner,
        },
        "spec": { "nodeName": node, "containers": template["spec"]["containers"] },
        "status": { "phase": "Running", "conditions": [{ "type": "Ready", "status": "True" }] },
    });
    store::make(state, pod);
    set_status(state, key, None);
    if state
        .cluster
        .objects
        .get(key)
        .is_some_and(|object| object.value["status"]["readyReplicas"] == replicas(&workload))
    {
        state.tell("cluster", format!("{} `{}/{}` is ready", key.kind, key.namespace, key.name));
    }
}

/// A node came or went: what is on it counts, or does not.
pub(super) fn node_changed(state: &mut State) {
    let workloads: Vec<Key> = state.cluster.objects.keys().filter(|key| is_workload(key)).cloned().collect();
    for key in workloads {
        set_status(state, &key, None);
    }
}

/// A node is deleted, and so is what was on it.
pub(super) fn node_deleted(state: &mut State, node: &str) {
    let gone = |key: &Key, value: &Value| key.kind == "Pod" && value["spec"]["nodeName"] == node;
    let pods: Vec<Key> = state
        .cluster
        .objects
        .iter()
        .filter(|(key, object)| gone(key, &object.value))
        .map(|(key, _)| key.clone())
        .collect();
    for pod in pods {
        deleted(state, &pod);
    }
}

/// `POST …/pods/NAME/eviction`: refused with 429 while a disruption budget forbids it
/// (`pkg/registry/core/pod/storage/eviction.go` of kubernetes/kubernetes).
pub(super) fn evict(state: &mut State, pod: &Key) -> Result<Value, Refusal> {
    let found = store::get(state, pod)?;
    if let Some(budget) = violated_budget(state, &pod.namespace, &found) {
        return Err(Refusal {
            status: 429,
            reason: "TooManyRequests",
            message: format!(
                "Cannot evict pod as it would violate the pod's disruption budget. The disruption budget {budget} needs more healthy pods"
            ),
        });
    }
    deleted(state, pod);
    Ok(json!({ "kind": "Status", "apiVersion": "v1", "status": "Success" }))
}

/// A pod is deleted: whoever made it makes another.
pub(super) fn deleted(state: &mut State, pod: &Key) {
    let Some(object) = state.cluster.objects.remove(pod) else { return };
    let owner = &object.value["metadata"]["ownerReferences"][0];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let owner = Key {
        api_version: text(&owner["apiVersion"]),
        kind: text(&owner["kind"]),
        namespace: pod.namespace.clone(),
        name: text(&owner["name"]),
    };
    tend(state, &owner);
}

/// The budget that would be violated if this pod went.
fn violated_budget(state: &State, namespace: &str, pod: &Value) -> Option<String> {
    let objects = || state.cluster.objects.iter().filter(|(key, _)| key.namespace == namespace);
    let budgets = objects().filter(|(key, _)| key.kind == "PodDisruptionBudget");
    for (key, budget) in budgets {
        let spec = &budget.value["spec"];
        let covers = |pod: &Value| store::is_part(&spec["selector"]["matchLabels"], &pod["metadata"]["labels"]);
        if !covers(pod) {
            continue;
        }
        let healthy = objects().filter(|(key, found)| key.kind == "Pod" && covers(&found.value)).count() as u64;
        let expected: u64 = objects()
            .filter(|(key, found)| is_workload(key) && covers(&found.value["spec"]["template"]))
            .map(|(_, found)| replicas(&found.value))
            .sum();
        let needed = match (&spec["minAvailable"], &spec["maxUnavailable"]) {
            (Value::Null, most) => expected.saturating_sub(amount(most, expected)),
            (least, _) => amount(least, expected),
        };
        if healthy <= needed {
            return Some(key.name.clone());
        }
    }
    None
}

/// A number, or a part of a hundred, rounded up.
fn amount(value: &Value, of: u64) -> u64 {
    let percent = value.as_str().and_then(|text| text.strip_suffix('%')).and_then(|text| text.parse::<u64>().ok());
    percent.map_or(value.as_u64().unwrap_or(0), |percent| (of * percent).div_ceil(100))
}

fn set_status(state: &mut State, key: &Key, reason: Option<&str>) {
    let ready: Vec<Key> = pods_of(state, key)
        .into_iter()
        .filter(|pod| {
            let node = state.cluster.objects.get(pod).and_then(|pod| pod.value["spec"]["nodeName"].as_str());
            node.is_some_and(|node| is_ready(state, node))
        })
        .collect();
    let Some(workload) = state.cluster.objects.get(key).map(|object| object.value.clone()) else { return };
    let is_current = |pod: &&Key| {
        state.cluster.objects.get(pod).is_some_and(|pod| made_for(&pod.value) == Some(generation(&workload)))
    };
    let updated = ready.iter().filter(is_current).count();
    let mut status = json!({
        "observedGeneration": generation(&workload), "replicas": ready.len(),
        "readyReplicas": ready.len(), "availableReplicas": ready.len(), "updatedReplicas": updated,
    });
    if key.kind == "StatefulSet" {
        let made_for = ready.iter().filter_map(|pod| made_for(&state.cluster.objects.get(pod)?.value));
        let oldest = made_for.min().unwrap_or(generation(&workload));
        status["currentReplicas"] =
            json!(if oldest == generation(&workload) { updated } else { ready.len() - updated });
        status["currentRevision"] = json!(format!("{}-{oldest}", key.name));
        status["updateRevision"] = json!(format!("{}-{}", key.name, generation(&workload)));
    }
    if let Some(reason) = reason {
        status["conditions"] = json!([{ "type": "Progressing", "status": "False", "message": reason }]);
    }
    state.cluster.objects.set_status(key, status);
}

pub(super) fn is_workload(key: &Key) -> bool {
    matches!(key.kind.as_str(), "Deployment" | "StatefulSet")
}

pub(super) fn replicas(workload: &Value) -> u64 {
    workload["spec"]["replicas"].as_u64().unwrap_or(1)
}

fn generation(workload: &Value) -> u64 {
    workload["metadata"]["generation"].as_u64().unwrap_or(0)
}

fn made_for(pod: &Value) -> Option<u64> {
    pod["metadata"]["annotations"][GENERATION].as_str()?.parse().ok()
}

fn pod_key(workload: &Key, number: u64) -> Key {
    Key {
        api_version: "v1".to_owned(),
        kind: "Pod".to_owned(),
        namespace: workload.namespace.clone(),
        name: format!("{}-{number}", workload.name),
    }
}

fn number(pod: &Key) -> u64 {
    pod.name.rsplit('-').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

fn pods_of(state: &State, workload: &Key) -> Vec<Key> {
    let pods = state.cluster.objects.iter().filter(|(key, object)| {
        let owner = &object.value["metadata"]["ownerReferences"][0];
        key.kind == "Pod"
            && key.namespace == workload.namespace
            && owner["kind"] == workload.kind
            && owner["name"] == workload.name
    });
    pods.map(|(key, _)| key.clone()).collect()
}

fn is_ready(state: &State, node: &str) -> bool {
    state.cluster.nodes.get(node).is_some_and(|node| node.is_ready)
}

/// A node that is ready, takes pods, is wanted, and has so much memory left.
fn place(state: &State, workload: &Value, pod: &Key) -> Option<String> {
    let template = &workload["spec"]["template"];
    let memory = requested_memory(template);
    let wanted = template["spec"]["nodeSelector"]["kubernetes.io/hostname"].as_str().map(str::to_owned);
    let wanted = volumes::node_of(state, workload, pod).or(wanted);
    let nodes = state.cluster.nodes.iter().filter(|(name, node)| {
        node.is_ready && node.is_schedulable && wanted.as_ref().is_none_or(|wanted| wanted == *name)
    });
    let taken = |name: &str| -> u64 {
        let pods = state
            .cluster
            .objects
            .iter()
            .filter(|(key, object)| key.kind == "Pod" && *key != pod && object.value["spec"]["nodeName"] == name);
        pods.map(|(_, object)| requested_memory(&object.value)).sum()
    };
    let mut fitting = nodes.filter(|(name, node)| {
        let container = state.proxmox.containers.get(&node.vmid);
        container.is_some_and(|container| container.memory_bytes() >> 20 >= memory + taken(name))
    });
    // Agents stand after servers by name; the last is the one with most room.
    fitting.next_back().map(|(name, _)| name.clone())
}

/// An image of the simulated registry that is not there, or that is not for everybody.
fn bad_image(state: &State, template: &Value) -> Option<String> {
    let containers = template["spec"]["containers"].as_array().into_iter().flatten();
    let images = containers.filter_map(|container| container["image"].as_str()?.strip_prefix("ghcr.io/"));
    let bad = images.into_iter().find(|image| state.images.get(*image) != Some(&true))?;
    Some(format!("ImagePullBackOff: Back-off pulling image \"ghcr.io/{bad}\": 401 Unauthorized"))
}

/// A Secret or ConfigMap that a pod needs and that is not there.
fn missing_reference(state: &State, namespace: &str, template: &Value) -> Option<String> {
    let mut names = Vec::new();
    collect(template, &mut names);
    let is_there = |kind: &str, name: &str| {
        let key = Key {
            api_version: "v1".to_owned(),
            kind: kind.to_owned(),
            namespace: namespace.to_owned(),
            name: name.to_owned(),
        };
        state.cluster.objects.contains_key(&key)
    };
    let missing = names.into_iter().find(|(kind, name)| !is_there(kind, name))?;
    Some(format!("CreateContainerConfigError: {} \"{}\" not found", missing.0.to_ascii_lowercase(), missing.1))
}

fn collect(value: &Value, names: &mut Vec<(&'static str, String)>) {
    match value {
        Value::Object(object) => {
            for (field, inner) in object {
                let is_optional = inner["optional"] == true;
                let (kind, name) = match field.as_str() {
                    "secretKeyRef" | "secretRef" => ("Secret", inner["name"].as_str()),
                    "secret" => ("Secret", inner["secretName"].as_str()),
                    "configMapKeyRef" | "configMapRef" | "configMap" => ("ConfigMap", inner["name"].as_str()),
                    _ => ("", None),
                };
                names.extend(name.filter(|_| !is_optional).map(|name| (kind, name.to_owned())));
                collect(inner, names);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, names)),
        _ => {}
    }
}

/// MiB that the containers of a pod ask for.
fn requested_memory(template: &Value) -> u64 {
    let containers = template["spec"]["containers"].as_array().into_iter().flatten();
    containers.map(|container| mebibytes(container["resources"]["requests"]["memory"].as_str().unwrap_or("0"))).sum()
}

fn mebibytes(text: &str) -> u64 {
    let number = |text: &str| text.parse::<u64>().unwrap_or(0);
    match (text.strip_suffix("Mi"), text.strip_suffix("Gi")) {
        (Some(mebibytes), _) => number(mebibytes),
        (_, Some(gibibytes)) => number(gibibytes) * 1024,
        _ => 0,
    }
}
