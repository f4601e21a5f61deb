//! Containers about whose rights nothing is said. Rules about single rights leave these to this one.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/security-context",
    severity: Severity::Error,
    title: "a container without a security context",
    reason: "Without one a container runs as the image likes it: usually as root, with a writable file system and a dozen privileges that no web service needs.",
    fix: "Add `securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}` to the container, and `runAsNonRoot` and `seccompProfile` to the pod.",
    fires: &[Example { files: &[("k8s/web/pod.yaml", pod!("      image: example/web:1\n"))] }],
    silent: &[Example {
        files: &[("k8s/web/pod.yaml", pod!("      securityContext: {readOnlyRootFilesystem: true}\n"))],
    }],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for container in tree.manifests().containers().filter(|container| container.security().is_none()) {
        let object = container.pod.object;
        report.add(object.at(container.node.place), format!("{} has no `securityContext`", container.title()));
    }
}
