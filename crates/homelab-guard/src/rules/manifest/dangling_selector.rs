//! Selectors of services, policies and budgets.

use crate::manifest::{Object, Pod, has_all, selects};
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;
use crate::yaml::Node;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/dangling-selector",
    severity: Severity::Error,
    title: "a selector that finds no pod",
    reason: "A Service without pods answers nobody, a policy without pods protects nothing, and nothing says so.",
    fix: "Make the selector equal to labels of the workload's pod template.",
    fires: &[
        Example {
            files: &[
                (
                    "k8s/web/deployment.yaml",
                    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: web}\nspec:\n  replicas: 2\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: [{name: web, ports: [{name: http, containerPort: 3000}]}]}\n",
                ),
                (
                    "k8s/web/service.yaml",
                    "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: web}\nspec: {selector: {app: wep}, ports: [{port: 80}]}\n",
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
                    "k8s/web/policy.yaml",
                    "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: web}\nspec: {podSelector: {matchLabels: {app: wep}}}\n",
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
                    "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n",
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
                    "k8s/web/policy.yaml",
                    "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: all}\nspec: {podSelector: {}}\n",
                ),
            ],
        },
        Example {
            files: &[(
                "k8s/web/service.yaml",
                "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: web}\nspec: {type: ExternalName, externalName: example.com}\n",
            )],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for set in tree.manifests().sets.iter().filter(|set| set.has_all_pods()) {
        for object in &set.objects {
            let Some(selector) = selector(object) else { continue };
            let finds = |pod: Pod<'_>| match object.kind.as_str() {
                "Service" => has_all(selector, pod.labels()),
                _ => selects(selector, pod.labels()),
            };
            if !set.pods().any(finds) {
                report.add(
                    object.at(selector.place),
                    format!("{} finds no pod in this folder's manifests", object.title()),
                );
            }
        }
    }
}

/// The selector of what finds pods by their labels; an empty one is meant to be.
fn selector(object: &Object) -> Option<&Node> {
    let path: &[&str] = match (object.group(), object.kind.as_str()) {
        ("", "Service") | ("policy", "PodDisruptionBudget") => &["spec", "selector"],
        ("networking.k8s.io", "NetworkPolicy") => &["spec", "podSelector"],
        _ => return None,
    };
    object.get(path).filter(|selector| !selector.fields().is_empty())
}
