//! Selectors of workloads.

use crate::manifest::selects;
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/selector-mismatch",
    severity: Severity::Error,
    title: "a workload that does not find its own pods",
    reason: "The API server refuses it: a workload that does not see its pods would make new ones for ever.",
    fix: "Make `spec.selector.matchLabels` equal to labels of the pod template.",
    fires: &[Example {
        files: &[(
            "k8s/web/web.yaml",
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: web}\nspec:\n  replicas: 2\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: wep}}\n    spec: {containers: [{name: web, ports: [{name: http, containerPort: 3000}]}]}\n",
        )],
    }],
    silent: &[Example {
        files: &[(
            "k8s/web/web.yaml",
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: web}\nspec:\n  replicas: 2\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: [{name: web, ports: [{name: http, containerPort: 3000}]}]}\n",
        )],
    }],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for pod in tree.manifests().pods().filter(|pod| pod.object.group() == "apps") {
        let Some(selector) = pod.object.get(&["spec", "selector"]) else { continue };
        if !selects(selector, pod.labels()) {
            let message = format!("the selector of {} does not fit the labels of its own pods", pod.object.title());
            report.add(pod.object.at(selector.place), message);
        }
    }
}
