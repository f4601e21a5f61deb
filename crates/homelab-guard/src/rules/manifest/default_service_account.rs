//! Pods without an account of their own.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;
use crate::yaml::Node;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/default-service-account",
    severity: Severity::Warning,
    title: "a pod uses the default service account",
    reason: "What is ever allowed to that account is allowed to each pod of the namespace that names no other.",
    fix: "Add a ServiceAccount of its own, and name it as `serviceAccountName`.",
    fires: &[
        Example { files: &[("k8s/web/pod.yaml", pod!("      image: example/web:1\n"))] },
        Example { files: &[("k8s/web/pod.yaml", pod!("  serviceAccountName: default\n"))] },
    ],
    silent: &[Example { files: &[("k8s/web/pod.yaml", pod!("  serviceAccountName: web\n"))] }],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for pod in tree.manifests().pods() {
        // `serviceAccount` is the old name of the same field.
        let named = pod.spec.child("serviceAccountName").or_else(|| pod.spec.child("serviceAccount"));
        if matches!(named.and_then(Node::as_str), None | Some("" | "default")) {
            let place = named.map_or(pod.spec.place, |named| named.place);
            report.add(pod.object.at(place), format!("{} uses the default service account", pod.object.title()));
        }
    }
}
