//! Ports of services.

use crate::manifest::{Pod, has_all};
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;
use crate::yaml::Node;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/service-port",
    severity: Severity::Error,
    title: "a service leads to a port that its pods do not have",
    reason: "Connections are refused, though everything is running.",
    fix: "Let `targetPort` be the name or the number of one of the container's `ports`.",
    fires: &[
        Example {
            files: &[
                (
                    "k8s/web/deployment.yaml",
                    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: web}\nspec:\n  replicas: 2\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: [{name: web, ports: [{name: http, containerPort: 3000}]}]}\n",
                ),
                (
                    "k8s/web/service.yaml",
                    "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: web}\nspec: {selector: {app: web}, ports: [{port: 80, targetPort: web}]}\n",
                ),
            ],
        },
        Example {
            files: &[
                (
                    "k8s/web/deployment.yaml",
                    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: web}\nspec:\n  replicas: 2\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: [{name: web, ports: [{name: http, containerPort: 3000}]}]}\n",
                ),
                (
                    "k8s/web/service.yaml",
                    "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n",
                ),
            ],
        },
    ],
    silent: &[
        Example {
            files: &[
                (
                    "k8s/web/deployment.yaml",
                    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: web}\nspec:\n  replicas: 2\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: [{name: web, ports: [{name: http, containerPort: 3000}]}]}\n",
                ),
                (
                    "k8s/web/service.yaml",
                    "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: web}\nspec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}\n",
                ),
            ],
        },
        Example {
            files: &[
                (
                    "k8s/web/deployment.yaml",
                    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: web}\nspec:\n  replicas: 2\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: [{name: web, ports: [{name: http, containerPort: 3000}]}]}\n",
                ),
                (
                    "k8s/web/service.yaml",
                    "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: web}\nspec: {selector: {app: web}, ports: [{port: 3000}]}\n",
                ),
            ],
        },
        Example {
            files: &[
                (
                    "k8s/web/pod.yaml",
                    "apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web}}\nspec: {containers: [{name: web}]}\n",
                ),
                (
                    "k8s/web/service.yaml",
                    "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: web}\nspec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}\n",
                ),
            ],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for set in tree.manifests().sets.iter().filter(|set| set.has_all_pods()) {
        for service in set.of_kind("", "Service") {
            let Some(selector) = service.get(&["spec", "selector"]).filter(|found| !found.fields().is_empty()) else {
                continue;
            };
            let pods: Vec<Pod<'_>> = set.pods().filter(|pod| has_all(selector, pod.labels())).collect();
            for port in service.get(&["spec", "ports"]).map_or(&[][..], Node::items) {
                let Some(target) = port.child("targetPort").or_else(|| port.child("port")) else { continue };
                for pod in &pods {
                    let declares = pod.containers().any(|container| container.ports().next().is_some());
                    // A number needs no declaration; where there are some, it is one of them.
                    let is_checked = declares || target.as_integer().is_none();
                    if is_checked && !pod.containers().any(|container| container.has_port(target)) {
                        let name = target.as_str().unwrap_or_default();
                        let message = format!(
                            "{} leads to port `{name}`, which {} does not have",
                            service.title(),
                            pod.object.title()
                        );
                        report.add(service.at(target.place), message);
                    }
                }
            }
        }
    }
}
