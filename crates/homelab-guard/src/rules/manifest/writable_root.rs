//! Containers that may write their own file system.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;
use crate::yaml::Node;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/writable-root",
    severity: Severity::Error,
    title: "a container may write its own file system",
    reason: "Whoever gets in can put programs where the next process finds them, and what is written there is gone after a restart.",
    fix: "Set `readOnlyRootFilesystem: true`, and mount an `emptyDir` where the program must write, such as `/tmp`.",
    fires: &[Example { files: &[("k8s/web/pod.yaml", pod!("      securityContext: {runAsNonRoot: true}\n"))] }],
    silent: &[Example {
        files: &[("k8s/web/pod.yaml", pod!("      securityContext: {readOnlyRootFilesystem: true}\n"))],
    }],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for container in tree.manifests().containers() {
        let Some(context) = container.security() else { continue };
        let setting = context.child("readOnlyRootFilesystem");
        if setting.and_then(Node::as_bool) != Some(true) {
            let place = setting.map_or(context.place, |setting| setting.place);
            let message = format!("{} does not set `readOnlyRootFilesystem: true`", container.title());
            report.add(container.pod.object.at(place), message);
        }
    }
}
