//! Folders and sockets of the node in a pod.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;
use crate::yaml::Node;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/host-path",
    severity: Severity::Error,
    title: "a pod mounts a folder of its node",
    reason: "Through it a pod reads and writes what belongs to the node; with the socket of the container runtime it owns the node. The data also stays behind when the pod moves.",
    fix: "Use a PersistentVolumeClaim for data, and an `emptyDir` for scratch space.",
    fires: &[Example {
        files: &[("k8s/web/pod.yaml", pod!("  volumes: [{name: runtime, hostPath: {path: /var/run/docker.sock}}]\n"))],
    }],
    silent: &[Example { files: &[("k8s/web/pod.yaml", pod!("  volumes: [{name: scratch, emptyDir: {}}]\n"))] }],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for pod in tree.manifests().pods() {
        for volume in pod.spec.child("volumes").map_or(&[][..], Node::items) {
            let Some(host_path) = volume.child("hostPath") else { continue };
            let path = host_path.child("path").and_then(Node::as_str).unwrap_or_default();
            let what = if path.ends_with(".sock") { "the socket" } else { "the folder" };
            let message = format!("{} mounts {what} `{path}` of its node", pod.object.title());
            report.add(pod.object.at(host_path.place), message);
        }
    }
}
