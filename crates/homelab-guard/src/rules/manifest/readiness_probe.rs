//! Containers that are not asked whether they are ready.

use crate::manifest::Role;
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;
use crate::yaml::Node;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/readiness-probe",
    severity: Severity::Error,
    title: "a container that listens and has no readiness probe",
    reason: "Requests reach it as soon as its process exists, so that each rollout and each restart loses some.",
    fix: "Add a `readinessProbe` that asks for what the service needs, such as `httpGet: {path: /readyz, port: http}`.",
    fires: &[Example { files: &[("k8s/web/pod.yaml", pod!("      ports: [{containerPort: 3000}]\n"))] }],
    silent: &[
        Example {
            files: &[(
                "k8s/web/pod.yaml",
                pod!("      ports: [{containerPort: 3000}]\n      readinessProbe: {httpGet: {path: /, port: 3000}}\n"),
            )],
        },
        Example { files: &[("k8s/web/pod.yaml", pod!("      image: example/worker:1\n"))] },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for container in tree.manifests().containers().filter(|container| container.pod.is_long_running()) {
        let listens = container.role == Role::Main && container.ports().next().is_some();
        if listens && container.get(&["readinessProbe"]).is_none_or(Node::is_null) {
            report.add(
                container.pod.object.at(container.node.place),
                format!("{} has no `readinessProbe`", container.title()),
            );
        }
    }
}
