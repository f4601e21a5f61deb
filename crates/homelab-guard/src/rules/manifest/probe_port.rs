//! Ports of probes.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/probe-port",
    severity: Severity::Error,
    title: "a probe asks a port that the container does not have",
    reason: "The probe fails for ever: the pod never becomes ready, or is restarted again and again.",
    fix: "Name one of the container's `ports`.",
    fires: &[
        Example {
            files: &[(
                "k8s/web/pod.yaml",
                pod!(
                    "      ports: [{name: http, containerPort: 3000}]\n      readinessProbe: {httpGet: {path: /, port: web}}\n"
                ),
            )],
        },
        Example {
            files: &[(
                "k8s/web/pod.yaml",
                pod!(
                    "      ports: [{name: http, containerPort: 3000}]\n      livenessProbe: {tcpSocket: {port: 8080}}\n"
                ),
            )],
        },
    ],
    silent: &[
        Example {
            files: &[(
                "k8s/web/pod.yaml",
                pod!(
                    "      ports: [{name: http, containerPort: 3000}]\n      readinessProbe: {httpGet: {path: /, port: http}}\n      livenessProbe: {tcpSocket: {port: 3000}}\n"
                ),
            )],
        },
        Example { files: &[("k8s/web/pod.yaml", pod!("      readinessProbe: {httpGet: {path: /, port: 3000}}\n"))] },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for container in tree.manifests().containers() {
        let listens = container.ports().next().is_some();
        for probe in ["readinessProbe", "livenessProbe", "startupProbe"] {
            for kind in ["httpGet", "tcpSocket", "grpc"] {
                let Some(port) = container.get(&[probe, kind, "port"]) else { continue };
                // A number needs no declaration; where there are some, it is one of them.
                let is_checked = listens || port.as_integer().is_none();
                if is_checked && !container.has_port(port) {
                    let name = port.as_str().unwrap_or_default();
                    let message = format!(
                        "the `{probe}` of {} asks port `{name}`, which is none of its ports",
                        container.title()
                    );
                    report.add(container.pod.object.at(port.place), message);
                }
            }
        }
    }
}
