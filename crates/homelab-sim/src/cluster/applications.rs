//! Argo CD's Applications: they follow git.

use std::time::Duration;

use serde_json::{Value, json};

use super::pods;
use super::store::{self, Key};
use crate::latency;
use crate::world::State;

/// Who Argo CD is to the API server.
const MANAGER: &str = "argocd-controller";

/// With this an Application takes what it brought with it when it goes (`docs/user-guide/app_deletion.md` of argoproj/argo-cd).
const CASCADE: &str = "resources-finalizer.argocd.argoproj.io";

/// Argo CD looks at the repository of an Application, and brings what is there.
///
/// `began` names the cluster that Argo CD runs in: with another one comes another Argo CD.
pub(super) fn sync(state: &mut State, key: &Key, began: Duration) {
    let Some(application) = state.cluster.objects.get(key).map(|object| object.value.clone()) else { return };
    if !application["metadata"]["deletionTimestamp"].is_null() || state.cluster.began != began {
        return;
    }
    let spec = &application["spec"];
    let namespace = text(&spec["destination"]["namespace"]);
    let place = place(&application);
    let status = match state.cluster.repositories.get(&place).cloned() {
        None => {
            let condition =
                json!({ "type": "ComparisonError", "message": format!("repository or path not found: {place}") });
            json!({ "sync": { "status": "Unknown" }, "health": { "status": "Unknown" }, "conditions": [condition] })
        }
        Some(manifests) => {
            bring(state, spec, &namespace, &manifests);
            let health = if workloads_are_ready(state, &namespace) { "Healthy" } else { "Progressing" };
            json!({
                "sync": { "status": "Synced" }, "health": { "status": health },
                "summary": { "images": images(&manifests) },
            })
        }
    };
    state.cluster.objects.set_status(key, status);
    let key = key.clone();
    state.later(latency::ARGOCD_REFRESH, move |state| sync(state, &key, began));
}

/// Brings manifests, and leaves alone what others have added to the same objects.
fn bring(state: &mut State, spec: &Value, namespace: &str, manifests: &[Value]) {
    let options = spec["syncPolicy"]["syncOptions"].as_array().cloned().unwrap_or_default();
    if options.contains(&json!("CreateNamespace=true")) {
        let labels = &spec["syncPolicy"]["managedNamespaceMetadata"]["labels"];
        let object =
            json!({ "apiVersion": "v1", "kind": "Namespace", "metadata": { "name": namespace, "labels": labels } });
        // What cannot be brought now is tried again at the next look.
        let _ = store::apply(state, &store::key_of(&object), object, MANAGER, true);
    }
    for manifest in manifests {
        let manifest = with_namespace(manifest, namespace);
        let _ = store::apply(state, &store::key_of(&manifest), manifest, MANAGER, true);
    }
}

/// An Application is deleted: at once, or after what it brought.
pub(super) fn delete(state: &mut State, key: &Key) -> Value {
    let Some(object) = state.cluster.objects.get(key) else { return Value::Null };
    let finalizers = object.value["metadata"]["finalizers"].as_array().cloned().unwrap_or_default();
    if !finalizers.contains(&json!(CASCADE)) {
        return state.cluster.objects.remove(key).map(|object| object.value).unwrap_or_default();
    }
    state.cluster.objects.change(key, |value| value["metadata"]["deletionTimestamp"] = json!("now"));
    let value = store::get(state, key).unwrap_or_default();
    let key = key.clone();
    state.later(latency::ARGOCD_CASCADE, move |state| {
        let Some(application) = state.cluster.objects.remove(&key) else { return };
        let namespace = text(&application.value["spec"]["destination"]["namespace"]);
        let manifests = state.cluster.repositories.get(&place(&application.value)).cloned().unwrap_or_default();
        for manifest in manifests {
            // What somebody else has deleted is gone already.
            let _ = store::delete(state, &store::key_of(&with_namespace(&manifest, &namespace)));
        }
    });
    value
}

fn with_namespace(manifest: &Value, namespace: &str) -> Value {
    let mut manifest = manifest.clone();
    if manifest["metadata"]["namespace"].is_null() {
        manifest["metadata"]["namespace"] = json!(namespace);
    }
    manifest
}

fn place(application: &Value) -> String {
    let source = &application["spec"]["source"];
    format!("{} {}", text(&source["repoURL"]), text(&source["path"]))
}

fn images(manifests: &[Value]) -> Vec<Value> {
    let containers = manifests.iter().flat_map(|manifest| {
        manifest["spec"]["template"]["spec"]["containers"].as_array().cloned().unwrap_or_default()
    });
    containers.map(|container| container["image"].clone()).filter(|image| !image.is_null()).collect()
}

fn workloads_are_ready(state: &State, namespace: &str) -> bool {
    let mut workloads =
        state.cluster.objects.iter().filter(|(key, _)| key.namespace == namespace && pods::is_workload(key));
    workloads.all(|(_, object)| {
        let (status, replicas) = (&object.value["status"], pods::replicas(&object.value));
        status["readyReplicas"] == replicas && status["updatedReplicas"] == replicas
    })
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
