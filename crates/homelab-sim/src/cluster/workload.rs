//! What happens to objects after they are stored: pods are placed and start, charts are installed, Applications follow git.

use serde_json::{Value, json};

use super::store::{self, Key};
use super::{applications, pods};
use crate::latency;
use crate::world::State;

/// Somebody stored or changed an object.
pub(super) fn begin(state: &mut State, key: &Key) {
    let key = key.clone();
    match key.kind.as_str() {
        "Deployment" | "StatefulSet" => state.later(latency::CONTROLLER, move |state| pods::tend(state, &key)),
        "HelmChart" => state.later(latency::CHART_JOB, move |state| install_chart(state, &key)),
        "Application" => {
            let began = state.cluster.began;
            state.later(latency::ARGOCD_SYNC, move |state| applications::sync(state, &key, began));
        }
        _ => {}
    }
}

/// What the server fills in where an author says nothing (`pkg/apis/apps/v1/defaults.go` of kubernetes/kubernetes), as far as
/// clients look at it.
pub(super) fn complete(workload: &mut Value) {
    let strategy = if workload["kind"] == "StatefulSet" { "updateStrategy" } else { "strategy" };
    let Some(spec) = workload["spec"].as_object_mut() else { return };
    let fill = |found: &mut Value, value: Value| {
        if found.is_null() {
            *found = value;
        }
    };
    fill(spec.entry("replicas").or_insert(Value::Null), json!(1));
    fill(spec.entry(strategy).or_insert(Value::Null), json!({ "type": "RollingUpdate" }));
}

/// The job of a chart has run. What is in a chart is not known here, but for Argo CD's.
fn install_chart(state: &mut State, key: &Key) {
    let Some(chart) = state.cluster.objects.get(key).map(|object| object.value.clone()) else { return };
    state.cluster.objects.set_status(key, json!({ "jobName": format!("helm-install-{}", key.name) }));
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
