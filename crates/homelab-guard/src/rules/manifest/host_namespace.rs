//! Pods in the namespaces of their node.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/host-namespace",
    severity: Severity::Error,
    title: "a pod shares a namespace of its node",
    reason: "It sees the node's processes, its network or its shared memory, past every NetworkPolicy.",
    fix: "Remove `hostNetwork`, `hostPID` and `hostIPC`; for a port of the node, use a Service or an Ingress.",
    fires: &[
        Example { files: &[("k8s/web/pod.yaml", pod!("  hostNetwork: true\n"))] },
        Example { files: &[("k8s/web/pod.yaml", pod!("  hostPID: true\n"))] },
    ],
    silent: &[Example { files: &[("k8s/web/pod.yaml", pod!("  hostIPC: false\n"))] }],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for pod in tree.manifests().pods() {
        for key in ["hostNetwork", "hostPID", "hostIPC"] {
            if let Some(setting) = pod.spec.child(key).filter(|setting| setting.as_bool() == Some(true)) {
                report.add(pod.object.at(setting.place), format!("{} sets `{key}: true`", pod.object.title()));
            }
        }
    }
}
