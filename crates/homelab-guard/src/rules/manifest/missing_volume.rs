//! Volumes that are mounted and not there, and volumes that are made of nothing.

use std::collections::BTreeSet;

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;
use crate::yaml::Node;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/missing-volume",
    severity: Severity::Error,
    title: "a volume that is mounted and not there",
    reason: "The API server refuses the pod, so that nothing of the rollout happens.",
    fix: "Add the volume to the pod's `volumes` with its source, or mend the name.",
    fires: &[
        Example {
            files: &[(
                "k8s/web/pod.yaml",
                pod!("      volumeMounts: [{name: tmp, mountPath: /tmp}]\n  volumes: [{name: temp, emptyDir: {}}]\n"),
            )],
        },
        Example { files: &[("k8s/web/pod.yaml", pod!("  volumes:\n    - name: tmp\n      emptyDir:\n"))] },
    ],
    silent: &[
        Example {
            files: &[(
                "k8s/web/pod.yaml",
                pod!("      volumeMounts: [{name: tmp, mountPath: /tmp}]\n  volumes: [{name: tmp, emptyDir: {}}]\n"),
            )],
        },
        Example {
            files: &[(
                "shared/postgres/postgres.yaml",
                "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\nspec:\n  template:\n    spec: {containers: [{name: db, volumeMounts: [{name: data, mountPath: /data}]}]}\n  volumeClaimTemplates: [{metadata: {name: data}}]\n",
            )],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for pod in tree.manifests().pods() {
        let volumes = pod.spec.child("volumes").map_or(&[][..], Node::items);
        let claims = pod.object.get(&["spec", "volumeClaimTemplates"]).map_or(&[][..], Node::items);
        let of_claims = claims.iter().filter_map(|claim| claim.get(["metadata", "name"])?.as_str());
        let names: BTreeSet<&str> =
            volumes.iter().filter_map(|volume| volume.child("name")?.as_str()).chain(of_claims).collect();
        for container in pod.containers() {
            for key in ["volumeMounts", "volumeDevices"] {
                for mount in container.get(&[key]).map_or(&[][..], Node::items) {
                    let Some(named) = mount.child("name") else { continue };
                    let name = named.as_str().unwrap_or_default();
                    if !names.contains(name) {
                        let message =
                            format!("{} mounts the volume `{name}`, which its pod does not have", container.title());
                        report.add(pod.object.at(named.place), message);
                    }
                }
            }
        }
        for volume in volumes {
            let has_source = volume.fields().iter().any(|field| field.key.text != "name" && !field.value.is_null());
            if let Some(name) = volume.child("name").and_then(Node::as_str).filter(|_| !has_source) {
                let message = format!(
                    "the volume `{name}` of {} has no source; an empty folder is `emptyDir: {{}}`",
                    pod.object.title()
                );
                report.add(pod.object.at(volume.place), message);
            }
        }
    }
}
