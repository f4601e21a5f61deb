//! Targets of autoscalers.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;
use crate::yaml::Node;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/dangling-autoscaler",
    severity: Severity::Error,
    title: "an autoscaler of no workload",
    reason: "It scales nothing, and nothing says so.",
    fix: "Let `scaleTargetRef` name a workload of these manifests.",
    fires: &[Example {
        files: &[
            (
                "k8s/web/deployment.yaml",
                "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: web}\nspec:\n  replicas: 2\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: [{name: web, ports: [{name: http, containerPort: 3000}]}]}\n",
            ),
            (
                "k8s/web/scale.yaml",
                "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\nspec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: wep}}\n",
            ),
        ],
    }],
    silent: &[Example {
        files: &[
            (
                "k8s/web/deployment.yaml",
                "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: web}\nspec:\n  replicas: 2\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: [{name: web, ports: [{name: http, containerPort: 3000}]}]}\n",
            ),
            (
                "k8s/web/scale.yaml",
                "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\nspec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}\n",
            ),
        ],
    }],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for set in tree.manifests().sets.iter().filter(|set| set.has_all_pods()) {
        for scaler in set.of_kind("autoscaling", "HorizontalPodAutoscaler") {
            let Some(target) = scaler.get(&["spec", "scaleTargetRef"]) else { continue };
            let text = |key: &str| target.child(key).and_then(Node::as_str).unwrap_or_default();
            if !set.objects.iter().any(|object| object.kind == text("kind") && object.name == text("name")) {
                let message = format!(
                    "{} scales {} `{}`, which is in none of its manifests",
                    scaler.title(),
                    text("kind"),
                    text("name")
                );
                report.add(scaler.at(target.place), message);
            }
        }
    }
}
