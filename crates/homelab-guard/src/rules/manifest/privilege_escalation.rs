//! Containers in which a process may gain rights.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;
use crate::yaml::Node;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/privilege-escalation",
    severity: Severity::Error,
    title: "a process may gain more rights than its parent",
    reason: "A program with the setuid bit, or a fault in one, makes root out of any user.",
    fix: "Set `allowPrivilegeEscalation: false` in the container's `securityContext`.",
    fires: &[
        Example { files: &[("k8s/web/pod.yaml", pod!("      securityContext: {readOnlyRootFilesystem: true}\n"))] },
        Example { files: &[("k8s/web/pod.yaml", pod!("      securityContext: {allowPrivilegeEscalation: true}\n"))] },
    ],
    silent: &[Example {
        files: &[("k8s/web/pod.yaml", pod!("      securityContext: {allowPrivilegeEscalation: false}\n"))],
    }],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for container in tree.manifests().containers() {
        let Some(context) = container.security() else { continue };
        let setting = context.child("allowPrivilegeEscalation");
        if setting.and_then(Node::as_bool) != Some(false) {
            let place = setting.map_or(context.place, |setting| setting.place);
            let message = format!("{} does not set `allowPrivilegeEscalation: false`", container.title());
            report.add(container.pod.object.at(place), message);
        }
    }
}
