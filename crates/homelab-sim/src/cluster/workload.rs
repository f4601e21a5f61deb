//! What happens to objects after they are stored: pods are placed and start, charts are installed, Applications follow git.

use std::time::Duration;

use serde_json::{Value, json};

use super::store::{self, Key, Refusal};
use crate::fault::Fault;
use crate::world::State;

/// From a pod's placement until it is ready: its image comes over a home's connection.
const POD_TIME: Duration = Duration::from_secs(14);

/// How long a pod that crashed waits before it starts again.
const BACK_OFF: Duration = Duration::from_secs(20);

/// How often a pod that cannot be placed or started is looked at again.
const RETRY: Duration = Duration::from_secs(5);

/// From a HelmChart until its job has run.
const CHART_TIME: Duration = Duration::from_secs(25);

/// How soon Argo CD looks at a new Application.
const SYNC_TIME: Duration = Duration::from_secs(6);

/// Somebody stored or changed an object.
pub(super) fn begin(state: &mut State, key: &Key) {
    let generation = generation(state, key);
    let (key, delay) = (key.clone(), if key.kind == "HelmChart" { CHART_TIME } else { Duration::from_millis(800) });
    match key.kind.as_str() {
        "Deployment" | "StatefulSet" => state.later(delay, move |state| start_pods(state, &key, generation)),
        "HelmChart" => state.later(delay, move |state| install_chart(state, &key)),
        "Application" => state.later(SYNC_TIME, move |state| sync(state, &key)),
        _ => {}
    }
}

fn generation(state: &State, key: &Key) -> u64 {
    state.cluster.objects.get(key).and_then(|object| object.value["metadata"]["generation"].as_u64()).unwrap_or(0)
}

/// Places the pods of a workload, and lets them start.
fn start_pods(state: &mut State, key: &Key, generation_then: u64) {
    if generation(state, key) != generation_then {
        return;
    }
    let Some(object) = state.cluster.objects.get(key).map(|object| object.value.clone()) else { return };
    let again = |state: &mut State, delay| {
        let key = key.clone();
        state.later(delay, move |state| start_pods(state, &key, generation_then));
    };
    let template = &object["spec"]["template"];
    if let Some(missing) = missing_reference(state, &key.namespace, template) {
        set_status(state, key, 0, Some(&missing));
        return again(state, RETRY);
    }
    let replicas = object["spec"]["replicas"].as_u64().unwrap_or(1);
    let memory = requested_memory(template) * replicas;
    let Some(node) = place(state, memory) else {
        set_status(state, key, 0, Some("0 nodes are available: insufficient memory"));
        return again(state, RETRY);
    };
    if state.fault("cluster", Fault::PodRestarts, 2) {
        return again(state, BACK_OFF);
    }
    let key = key.clone();
    state.later(POD_TIME, move |state| {
        if generation(state, &key) == generation_then {
            for number in 0..replicas {
                let name = format!("{}-{number}", key.name);
                let pod = json!({
                    "apiVersion": "v1", "kind": "Pod",
                    "metadata": { "name": name, "namespace": key.namespace },
                    "spec": { "nodeName": node },
                    "status": { "phase": "Running", "conditions": [{ "type": "Ready", "status": "True" }] },
                });
                store::make(state, pod);
            }
            set_status(state, &key, replicas, None);
            state.tell("cluster", format!("{} `{}/{}` is ready", key.kind, key.namespace, key.name));
        }
    });
}

fn set_status(state: &mut State, key: &Key, ready: u64, reason: Option<&str>) {
    let Some(object) = state.cluster.objects.get_mut(key) else { return };
    let generation = object.value["metadata"]["generation"].clone();
    object.value["status"] = json!({ "observedGeneration": generation, "readyReplicas": ready, "updatedReplicas": ready, "replicas": ready });
    if let Some(reason) = reason {
        object.value["status"]["conditions"] = json!([{ "type": "Progressing", "status": "False", "message": reason }]);
    }
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

/// A node that is ready and has so much memory, whatever else is on it.
fn place(state: &State, memory: u64) -> Option<String> {
    let nodes = state.cluster.nodes.iter().filter(|(_, node)| node.is_ready && node.is_schedulable);
    let mut fitting = nodes.filter(|(_, node)| {
        state.proxmox.containers.get(&node.vmid).is_some_and(|container| container.memory_bytes() >> 20 >= memory)
    });
    // Agents stand after servers by name; the last is the one with most room.
    fitting.next_back().map(|(name, _)| name.clone())
}

/// The job of a chart has run. What is in a chart is not known here, but for Argo CD's.
fn install_chart(state: &mut State, key: &Key) {
    let Some(chart) = state.cluster.objects.get(key).map(|object| object.value.clone()) else { return };
    if let Some(object) = state.cluster.objects.get_mut(key) {
        object.value["status"] = json!({ "jobName": format!("helm-install-{}", key.name) });
    }
    let namespace = chart["spec"]["targetNamespace"].as_str().unwrap_or("default").to_owned();
    store::make(state, json!({ "apiVersion": "v1", "kind": "Namespace", "metadata": { "name": namespace } }));
    if chart["spec"]["chart"] != "argo-cd" {
        return;
    }
    state.cluster.has_argo_cd = true;
    let parts = [
        ("StatefulSet", "argocd-application-controller", "256Mi"),
        ("Deployment", "argocd-repo-server", "256Mi"),
        ("Deployment", "argocd-server", "128Mi"),
        ("Deployment", "argocd-redis", "64Mi"),
    ];
    for (kind, name, memory) in parts {
        let labels = json!({ "app.kubernetes.io/name": name });
        store::make(
            state,
            json!({
                "apiVersion": "apps/v1", "kind": kind,
                "metadata": { "name": name, "namespace": namespace },
                "spec": {
                    "replicas": 1,
                    "selector": { "matchLabels": labels },
                    "template": { "metadata": { "labels": labels }, "spec": { "containers": [{ "name": "main", "resources": { "requests": { "memory": memory } } }] } },
                },
            }),
        );
    }
}

/// Argo CD looks at the repository of an Application, and brings what is there.
fn sync(state: &mut State, key: &Key) {
    let Some(application) = state.cluster.objects.get(key).map(|object| object.value.clone()) else { return };
    let spec = &application["spec"];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let place = format!("{} {}", text(&spec["source"]["repoURL"]), text(&spec["source"]["path"]));
    let namespace = text(&spec["destination"]["namespace"]);
    let status = match state.cluster.repositories.get(&place).cloned() {
        None => {
            json!({ "sync": { "status": "Unknown" }, "health": { "status": "Unknown" }, "conditions": [{ "type": "ComparisonError", "message": format!("repository or path not found: {place}") }] })
        }
        Some(manifests) => {
            let options = spec["syncPolicy"]["syncOptions"].as_array().cloned().unwrap_or_default();
            if options.contains(&json!("CreateNamespace=true")) {
                store::make(
                    state,
                    json!({ "apiVersion": "v1", "kind": "Namespace", "metadata": { "name": namespace } }),
                );
            }
            for mut manifest in manifests {
                if manifest["metadata"]["namespace"].is_null() {
                    manifest["metadata"]["namespace"] = json!(namespace);
                }
                store::make(state, manifest);
            }
            let is_healthy = workloads_are_ready(state, &namespace);
            json!({ "sync": { "status": "Synced" }, "health": { "status": if is_healthy { "Healthy" } else { "Progressing" } } })
        }
    };
    if let Some(object) = state.cluster.objects.get_mut(key) {
        object.value["status"] = status;
    }
    let key = key.clone();
    state.later(Duration::from_secs(10), move |state| sync(state, &key));
}

fn workloads_are_ready(state: &State, namespace: &str) -> bool {
    let workloads = state
        .cluster
        .objects
        .iter()
        .filter(|(key, _)| key.namespace == namespace && matches!(key.kind.as_str(), "Deployment" | "StatefulSet"));
    workloads.into_iter().all(|(_, object)| {
        object.value["status"]["readyReplicas"].as_u64() == Some(object.value["spec"]["replicas"].as_u64().unwrap_or(1))
    })
}

/// The log of a pod.
pub(super) fn log(state: &State, key: &Key) -> Result<Value, Refusal> {
    store::get(state, key).map(|_| json!("the simulation writes no logs"))
}
