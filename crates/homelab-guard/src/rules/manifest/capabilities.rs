//! Containers with capabilities.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;
use crate::yaml::Node;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/capabilities",
    severity: Severity::Error,
    title: "a container keeps privileges that it does not need",
    reason: "The runtime's usual set lets a process forge packets, change owners of files and more; a web service needs none of it.",
    fix: "Set `capabilities: {drop: [ALL]}`; `NET_BIND_SERVICE` may be added for ports below 1024.",
    fires: &[
        Example { files: &[("k8s/web/pod.yaml", pod!("      securityContext: {capabilities: {drop: [NET_RAW]}}\n"))] },
        Example {
            files: &[(
                "k8s/web/pod.yaml",
                pod!("      securityContext: {capabilities: {drop: [ALL], add: [SYS_ADMIN]}}\n"),
            )],
        },
    ],
    silent: &[
        Example { files: &[("k8s/web/pod.yaml", pod!("      securityContext: {capabilities: {drop: [ALL]}}\n"))] },
        Example {
            files: &[(
                "k8s/web/pod.yaml",
                pod!("      securityContext: {capabilities: {drop: [all], add: [NET_BIND_SERVICE]}}\n"),
            )],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for container in tree.manifests().containers() {
        let Some(context) = container.security() else { continue };
        let object = container.pod.object;
        let names = |key: &str| container.get(&["securityContext", "capabilities", key]).map_or(&[][..], Node::items);
        if !names("drop").iter().any(|name| name.as_str().is_some_and(|name| name.eq_ignore_ascii_case("ALL"))) {
            let place = context.child("capabilities").map_or(context.place, |capabilities| capabilities.place);
            report.add(object.at(place), format!("{} does not drop all capabilities", container.title()));
        }
        for name in names("add").iter().filter(|name| name.as_str() != Some("NET_BIND_SERVICE")) {
            let added = name.as_str().unwrap_or_default();
            report.add(object.at(name.place), format!("{} adds the capability `{added}`", container.title()));
        }
    }
}
