//! Containers with an unmasked /proc.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/proc-mount",
    severity: Severity::Error,
    title: "a container sees all of /proc",
    reason: "Parts of it that are hidden for a reason tell about the node, and let it be changed.",
    fix: "Remove `procMount`.",
    fires: &[Example { files: &[("k8s/web/pod.yaml", pod!("      securityContext: {procMount: Unmasked}\n"))] }],
    silent: &[Example { files: &[("k8s/web/pod.yaml", pod!("      securityContext: {procMount: Default}\n"))] }],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for container in tree.manifests().containers() {
        let setting = container.get(&["securityContext", "procMount"]);
        if let Some(setting) = setting.filter(|setting| setting.as_str() == Some("Unmasked")) {
            report.add(container.pod.object.at(setting.place), format!("{} unmasks `/proc`", container.title()));
        }
    }
}
