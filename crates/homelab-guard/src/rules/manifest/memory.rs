//! How much memory a container needs and may take.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/memory",
    severity: Severity::Error,
    title: "a container without a request or a limit of memory",
    reason: "Without a request the scheduler packs a node until it is full; without a limit one leak takes down all services of the node. What still fits is counted from these figures.",
    fix: "Set `resources.requests.memory` and `resources.limits.memory`, to the same amount if in doubt.",
    fires: &[
        Example { files: &[("k8s/web/pod.yaml", pod!("      resources: {requests: {memory: 64Mi}}\n"))] },
        Example { files: &[("k8s/web/pod.yaml", pod!("      image: example/web:1\n"))] },
    ],
    silent: &[Example {
        files: &[("k8s/web/pod.yaml", pod!("      resources: {requests: {memory: 64Mi}, limits: {memory: 128Mi}}\n"))],
    }],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for container in tree.manifests().containers() {
        let has = |kind: &str| container.get(&["resources", kind, "memory"]).is_some_and(|amount| !amount.is_null());
        let missing = match (has("requests"), has("limits")) {
            (true, true) => continue,
            (false, true) => "request",
            (true, false) => "limit",
            (false, false) => "request and no limit",
        };
        let place = container.get(&["resources"]).map_or(container.node.place, |resources| resources.place);
        report.add(container.pod.object.at(place), format!("{} has no memory {missing}", container.title()));
    }
}
