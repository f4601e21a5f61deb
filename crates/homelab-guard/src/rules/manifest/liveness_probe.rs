//! Containers that are not asked whether they live.

use crate::manifest::Role;
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;
use crate::yaml::Node;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/liveness-probe",
    severity: Severity::Warning,
    title: "a container that listens and has no liveness probe",
    reason: "A process that hangs is never restarted.",
    fix: "Add a `livenessProbe` that asks only whether the process answers, such as `httpGet: {path: /healthz, port: http}`; never the database.",
    fires: &[Example { files: &[("k8s/web/pod.yaml", pod!("      ports: [{containerPort: 3000}]\n"))] }],
    silent: &[
        Example {
            files: &[(
                "k8s/web/pod.yaml",
                pod!("      ports: [{containerPort: 3000}]\n      livenessProbe: {httpGet: {path: /, port: 3000}}\n"),
            )],
        },
        Example { files: &[("k8s/web/pod.yaml", pod!("      image: example/worker:1\n"))] },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for container in tree.manifests().containers().filter(|container| container.pod.is_long_running()) {
        let listens = container.role == Role::Main && container.ports().next().is_some();
        if listens && container.get(&["livenessProbe"]).is_none_or(Node::is_null) {
            report.add(
                container.pod.object.at(container.node.place),
                format!("{} has no `livenessProbe`", container.title()),
            );
        }
    }
}
