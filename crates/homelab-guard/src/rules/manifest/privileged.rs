//! Containers with all rights of their node.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/privileged",
    severity: Severity::Error,
    title: "a privileged container",
    reason: "It has all rights of the node: in an unprivileged LXC container that is everything of all services, elsewhere the machine itself.",
    fix: "Remove `privileged: true`; what needs a device or a kernel module belongs outside of the cluster.",
    fires: &[Example { files: &[("k8s/web/pod.yaml", pod!("      securityContext: {privileged: true}\n"))] }],
    silent: &[Example { files: &[("k8s/web/pod.yaml", pod!("      securityContext: {privileged: false}\n"))] }],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for container in tree.manifests().containers() {
        let setting = container.get(&["securityContext", "privileged"]);
        if let Some(setting) = setting.filter(|setting| setting.as_bool() == Some(true)) {
            report.add(container.pod.object.at(setting.place), format!("{} is privileged", container.title()));
        }
    }
}
