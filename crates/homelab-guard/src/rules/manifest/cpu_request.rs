//! How much processor time a container needs.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;
use crate::yaml::Node;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/cpu-request",
    severity: Severity::Error,
    title: "a container without a request of processor time",
    reason: "Without one it is served last: under load it stands still, and its probes fail, and it is restarted, which makes more load.",
    fix: "Set `resources.requests.cpu`, such as `50m`. A limit is not needed: it slows a service down while the processor is idle.",
    fires: &[Example { files: &[("k8s/web/pod.yaml", pod!("      resources: {requests: {memory: 64Mi}}\n"))] }],
    silent: &[Example { files: &[("k8s/web/pod.yaml", pod!("      resources: {requests: {cpu: 50m}}\n"))] }],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for container in tree.manifests().containers() {
        if container.get(&["resources", "requests", "cpu"]).is_none_or(Node::is_null) {
            let place = container.get(&["resources"]).map_or(container.node.place, |resources| resources.place);
            report.add(container.pod.object.at(place), format!("{} has no CPU request", container.title()));
        }
    }
}
