//! Containers without a profile of system calls.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;
use crate::yaml::Node;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/seccomp",
    severity: Severity::Error,
    title: "a container may make any system call",
    reason: "Most faults of the kernel that let somebody out of a container need a call that the runtime's own profile forbids; Kubernetes does not use it unless asked.",
    fix: "Set `seccompProfile: {type: RuntimeDefault}` in the pod's `securityContext`.",
    fires: &[
        Example { files: &[("k8s/web/pod.yaml", pod!("      securityContext: {runAsNonRoot: true}\n"))] },
        Example {
            files: &[("k8s/web/pod.yaml", pod!("      securityContext: {seccompProfile: {type: Unconfined}}\n"))],
        },
    ],
    silent: &[
        Example {
            files: &[("k8s/web/pod.yaml", pod!("      securityContext: {seccompProfile: {type: RuntimeDefault}}\n"))],
        },
        Example {
            files: &[("k8s/web/pod.yaml", pod!("  securityContext: {seccompProfile: {type: RuntimeDefault}}\n"))],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for container in tree.manifests().containers() {
        // Where nothing at all is said, that is told by another rule.
        if container.security().is_none() && container.pod.spec.child("securityContext").is_none() {
            continue;
        }
        let profile = container.security_setting("seccompProfile").and_then(|profile| profile.child("type"));
        if !matches!(profile.and_then(Node::as_str), Some("RuntimeDefault" | "Localhost")) {
            let place = profile.map_or(container.node.place, |profile| profile.place);
            let message = format!("{} does not set `seccompProfile: {{type: RuntimeDefault}}`", container.title());
            report.add(container.pod.object.at(place), message);
        }
    }
}
