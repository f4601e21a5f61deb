//! Containers that may run as root.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;
use crate::yaml::Node;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/runs-as-root",
    severity: Severity::Error,
    title: "a container may run as root",
    reason: "Root in the container is one fault in the kernel or the runtime away from the node, and may write everything in its own volumes.",
    fix: "Set `runAsNonRoot: true` in the pod's `securityContext`, and give the image a numeric user.",
    fires: &[
        Example { files: &[("k8s/web/pod.yaml", pod!("      securityContext: {readOnlyRootFilesystem: true}\n"))] },
        Example { files: &[("k8s/web/pod.yaml", pod!("      securityContext: {runAsNonRoot: true, runAsUser: 0}\n"))] },
    ],
    silent: &[
        Example {
            files: &[("k8s/web/pod.yaml", pod!("      securityContext: {runAsNonRoot: true, runAsUser: 10001}\n"))],
        },
        Example { files: &[("k8s/web/pod.yaml", pod!("  securityContext: {runAsNonRoot: true}\n"))] },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for container in tree.manifests().containers() {
        // Where nothing at all is said, that is told by another rule.
        if container.security().is_none() && container.pod.spec.child("securityContext").is_none() {
            continue;
        }
        let object = container.pod.object;
        let setting = container.security_setting("runAsNonRoot");
        let user = container.security_setting("runAsUser");
        if setting.and_then(Node::as_bool) != Some(true) {
            let place = setting.map_or(container.node.place, |setting| setting.place);
            report.add(object.at(place), format!("{} does not set `runAsNonRoot: true`", container.title()));
        } else if let Some(user) = user.filter(|user| user.as_integer() == Some(0)) {
            report.add(object.at(user.place), format!("{} runs as user 0", container.title()));
        }
    }
}
