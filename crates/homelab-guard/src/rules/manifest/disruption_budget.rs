//! Budgets that block the emptying of nodes.

use crate::manifest::{Object, Set, selects};
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;
use crate::yaml::Node;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/disruption-budget",
    severity: Severity::Error,
    title: "a disruption budget that lets no pod go",
    reason: "A node with such a pod can never be emptied, so that each upgrade of the cluster stands still there.",
    fix: "Use `maxUnavailable: 1`, or run more replicas than `minAvailable`.",
    fires: &[
        Example {
            files: &[
                (
                    "k8s/web/deployment.yaml",
                    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: web}\nspec:\n  replicas: 2\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: [{name: web, ports: [{name: http, containerPort: 3000}]}]}\n",
                ),
                (
                    "k8s/web/budget.yaml",
                    "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: web, namespace: web}\nspec: {maxUnavailable: 0, selector: {matchLabels: {app: web}}}\n",
                ),
            ],
        },
        Example {
            files: &[
                (
                    "k8s/web/deployment.yaml",
                    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: web}\nspec:\n  replicas: 1\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: [{name: web, ports: [{name: http, containerPort: 3000}]}]}\n",
                ),
                (
                    "k8s/web/budget.yaml",
                    "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: web, namespace: web}\nspec: {minAvailable: 1, selector: {matchLabels: {app: web}}}\n",
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
                    "k8s/web/budget.yaml",
                    "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: web, namespace: web}\nspec: {minAvailable: 100%, selector: {matchLabels: {app: web}}}\n",
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
                    "k8s/web/budget.yaml",
                    "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: web, namespace: web}\nspec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}\n",
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
                    "k8s/web/budget.yaml",
                    "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: web, namespace: web}\nspec: {minAvailable: 1, selector: {matchLabels: {app: web}}}\n",
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
                    "k8s/web/budget.yaml",
                    "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: web, namespace: web}\nspec: {minAvailable: 50%, selector: {matchLabels: {app: web}}}\n",
                ),
            ],
        },
        Example {
            files: &[
                (
                    "k8s/web/deployment.yaml",
                    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: web}\nspec:\n  replicas: 1\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: [{name: web, ports: [{name: http, containerPort: 3000}]}]}\n",
                ),
                (
                    "k8s/web/budget.yaml",
                    "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: web, namespace: web}\nspec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}\n",
                ),
            ],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for set in tree.manifests().sets.iter().filter(|set| set.is_comparable()) {
        for budget in set.of_kind("policy", "PodDisruptionBudget") {
            if let Some(most) = budget.get(&["spec", "maxUnavailable"]).filter(|most| is_nothing(most)) {
                report.add(budget.at(most.place), format!("{} lets no pod go", budget.title()));
            }
            let (Some(least), Some(selector)) =
                (budget.get(&["spec", "minAvailable"]), budget.get(&["spec", "selector"]))
            else {
                continue;
            };
            for pod in set.pods().filter(|pod| pod.is_long_running() && selects(selector, pod.labels())) {
                let Some(count) = least_replicas(set, pod.object) else { continue };
                if count > 0 && pods_needed(least, count).is_some_and(|needed| needed >= count) {
                    let message = format!(
                        "{} needs all {count} pods of {}, so that none may go",
                        budget.title(),
                        pod.object.title()
                    );
                    report.add(budget.at(least.place), message);
                }
            }
        }
    }
}

fn is_nothing(amount: &Node) -> bool {
    amount.as_integer() == Some(0) || amount.as_str() == Some("0%")
}

/// How many of `count` pods must be there: a number, or a part in percent, rounded up.
fn pods_needed(least: &Node, count: i64) -> Option<i64> {
    if let Some(number) = least.as_integer() {
        return Some(number);
    }
    let percent: i64 = least.as_str()?.strip_suffix('%')?.parse().ok()?;
    Some(count.checked_mul(percent)?.checked_add(99)? / 100)
}

/// How many pods a workload has when it has fewest.
fn least_replicas(set: &Set, workload: &Object) -> Option<i64> {
    let scales = |scaler: &&Object| {
        let name = scaler.get(&["spec", "scaleTargetRef", "name"]).and_then(Node::as_str);
        name == Some(workload.name.as_str())
    };
    match set.of_kind("autoscaling", "HorizontalPodAutoscaler").find(scales) {
        Some(scaler) => scaler.get(&["spec", "minReplicas"]).map_or(Some(1), Node::as_integer),
        None => set.replica_count(workload),
    }
}
