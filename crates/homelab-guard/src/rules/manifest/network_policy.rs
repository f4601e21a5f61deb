//! Pods without a policy.

use crate::manifest::{Object, selects};
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/network-policy",
    severity: Severity::Warning,
    title: "pods that everybody in the cluster may reach",
    reason: "Without a NetworkPolicy each pod of each service talks to each other one, so that one weak service opens all of them.",
    fix: "Add a NetworkPolicy that selects the pods and names who may reach them.",
    fires: &[Example {
        files: &[(
            "k8s/web/deployment.yaml",
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: web}\nspec:\n  replicas: 2\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: [{name: web, ports: [{name: http, containerPort: 3000}]}]}\n",
        )],
    }],
    silent: &[Example {
        files: &[
            (
                "k8s/web/deployment.yaml",
                "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: web}\nspec:\n  replicas: 2\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: [{name: web, ports: [{name: http, containerPort: 3000}]}]}\n",
            ),
            (
                "k8s/web/policy.yaml",
                "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: web}\nspec: {podSelector: {matchLabels: {app: web}}}\n",
            ),
        ],
    }],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for set in tree.manifests().sets.iter().filter(|set| !set.is_partial) {
        for pod in set.pods() {
            let covers = |policy: &Object| {
                policy.get(&["spec", "podSelector"]).is_some_and(|selector| selects(selector, pod.labels()))
            };
            if !set.of_kind("networking.k8s.io", "NetworkPolicy").any(covers) {
                let message = format!("no NetworkPolicy selects the pods of {}", pod.object.title());
                report.add(pod.object.nearest(&["metadata", "name"]), message);
            }
        }
    }
}
