//! Ports of the node.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;
use crate::yaml::Node;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/host-port",
    severity: Severity::Error,
    title: "a container takes a port of its node",
    reason: "Only one pod of a node can have it, so that a second replica or a rollout waits for ever; and NetworkPolicies may not see it.",
    fix: "Remove `hostPort`; use a Service, and an Ingress for what comes from outside.",
    fires: &[Example { files: &[("k8s/web/pod.yaml", pod!("      ports: [{containerPort: 3000, hostPort: 80}]\n"))] }],
    silent: &[Example { files: &[("k8s/web/pod.yaml", pod!("      ports: [{containerPort: 3000}]\n"))] }],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for container in tree.manifests().containers() {
        for port in container.get(&["ports"]).map_or(&[][..], Node::items) {
            if let Some(host_port) =
                port.child("hostPort").filter(|port| port.as_integer() != Some(0) && !port.is_null())
            {
                report.add(
                    container.pod.object.at(host_port.place),
                    format!("{} takes a port of its node", container.title()),
                );
            }
        }
    }
}
