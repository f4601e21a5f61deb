//! Volumes on the nodes' disks, as K3s's local-path provisioner makes them.

use serde_json::{Value, json};

use super::store::{self, Key};
use crate::host;
use crate::world::State;

/// Where the provisioner keeps volumes (`manifests/local-storage.yaml` of k3s-io/k3s).
const STORAGE: &str = "/var/lib/rancher/k3s/storage";

/// Makes what a pod claims, where it is to run, or finds what was made before.
///
/// A volume of the provisioner is a `hostPath` of type `DirectoryOrCreate`. When its folder is gone, the kubelet makes one that
/// belongs to root (`pkg/volume/hostpath` of kubernetes/kubernetes), into which a pod with another user cannot write; the
/// provisioner itself makes it with mode 0777.
pub(super) fn provide(state: &mut State, workload: &Value, pod: &Key, node: &str) -> Result<(), String> {
    for claim in claims(workload, pod) {
        match volume_of(state, &claim) {
            Some(volume) => {
                let vmid = state.cluster.nodes.get(node).map_or(0, |node| node.vmid);
                if !host::has_folder(state, vmid, path_of(&volume)) {
                    return Err(format!(
                        "CrashLoopBackOff: could not change permissions of directory \"{}\": Operation not permitted",
                        path_of(&volume)
                    ));
                }
            }
            None => make(state, &claim, node),
        }
    }
    Ok(())
}

/// The node on whose disk the volumes of a pod are.
pub(super) fn node_of(state: &State, workload: &Value, pod: &Key) -> Option<String> {
    let volume = claims(workload, pod).iter().find_map(|claim| volume_of(state, claim))?;
    let terms = &volume["spec"]["nodeAffinity"]["required"]["nodeSelectorTerms"];
    terms[0]["matchExpressions"][0]["values"][0].as_str().map(str::to_owned)
}

/// The path of the first volume of a pod, and the container it is in.
pub(super) fn first_of(state: &State, pod: &Value, key: &Key) -> Option<(u32, String)> {
    let owner = &pod["metadata"]["ownerReferences"][0];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let owner = Key {
        api_version: text(&owner["apiVersion"]),
        kind: text(&owner["kind"]),
        namespace: key.namespace.clone(),
        name: text(&owner["name"]),
    };
    let workload = store::get(state, &owner).ok()?;
    let volume = claims(&workload, key).iter().find_map(|claim| volume_of(state, claim))?;
    let node = state.cluster.nodes.get(pod["spec"]["nodeName"].as_str()?)?;
    Some((node.vmid, path_of(&volume).to_owned()))
}

/// Volumes whose claims are gone go too: the provisioner's class has the reclaim policy `Delete`.
pub(super) fn reclaim(state: &mut State) {
    let is_claimed = |volume: &Value| {
        let claim = &volume["spec"]["claimRef"];
        let key = Key {
            api_version: "v1".to_owned(),
            kind: "PersistentVolumeClaim".to_owned(),
            namespace: claim["namespace"].as_str().unwrap_or_default().to_owned(),
            name: claim["name"].as_str().unwrap_or_default().to_owned(),
        };
        state.cluster.objects.contains_key(&key)
    };
    let volumes = state.cluster.objects.iter().filter(|(key, _)| key.kind == "PersistentVolume");
    let free = volumes.filter(|(_, volume)| !is_claimed(&volume.value));
    let free: Vec<(Key, String)> = free.map(|(key, volume)| (key.clone(), path_of(&volume.value).to_owned())).collect();
    for (key, path) in free {
        state.cluster.objects.remove(&key);
        host::remove_folder(state, &path);
    }
}

/// The claims that a StatefulSet makes for one of its pods: `template-pod`.
fn claims(workload: &Value, pod: &Key) -> Vec<Key> {
    let templates = workload["spec"]["volumeClaimTemplates"].as_array().into_iter().flatten();
    templates
        .filter_map(|template| template["metadata"]["name"].as_str())
        .map(|template| Key {
            api_version: "v1".to_owned(),
            kind: "PersistentVolumeClaim".to_owned(),
            namespace: pod.namespace.clone(),
            name: format!("{template}-{}", pod.name),
        })
        .collect()
}

fn volume_of(state: &State, claim: &Key) -> Option<Value> {
    let claim = store::get(state, claim).ok()?;
    let key = Key {
        api_version: "v1".to_owned(),
        kind: "PersistentVolume".to_owned(),
        namespace: String::new(),
        name: claim["spec"]["volumeName"].as_str()?.to_owned(),
    };
    store::get(state, &key).ok()
}

fn path_of(volume: &Value) -> &str {
    volume["spec"]["hostPath"]["path"].as_str().unwrap_or_default()
}

fn make(state: &mut State, claim: &Key, node: &str) {
    let name = format!("pvc-{:016x}", state.random.next());
    let path = format!("{STORAGE}/{name}_{}_{}", claim.namespace, claim.name);
    let expression = json!({ "key": "kubernetes.io/hostname", "operator": "In", "values": [node] });
    store::make(
        state,
        json!({
            "apiVersion": "v1", "kind": "PersistentVolume", "metadata": { "name": name },
            "spec": {
                "hostPath": { "path": path, "type": "DirectoryOrCreate" },
                "claimRef": { "namespace": claim.namespace, "name": claim.name },
                "nodeAffinity": { "required": { "nodeSelectorTerms": [{ "matchExpressions": [expression] }] } },
            },
        }),
    );
    store::make(
        state,
        json!({
            "apiVersion": "v1", "kind": "PersistentVolumeClaim",
            "metadata": { "name": claim.name, "namespace": claim.namespace },
            "spec": { "volumeName": name }, "status": { "phase": "Bound" },
        }),
    );
    let vmid = state.cluster.nodes.get(node).map_or(0, |node| node.vmid);
    host::make_folder(state, vmid, &path);
}
