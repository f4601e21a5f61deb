//! Jobs that stay.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;
use crate::yaml::Node;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/job-ttl",
    severity: Severity::Warning,
    title: "a job that is never cleaned up",
    reason: "Finished pods stay listed for ever, and a job of the same name cannot be run again.",
    fix: "Set `ttlSecondsAfterFinished`, such as `3600`.",
    fires: &[Example {
        files: &[(
            "k8s/web/web.yaml",
            "apiVersion: batch/v1\nkind: Job\nmetadata: {name: once}\nspec: {template: {spec: {containers: [{name: once}]}}}\n",
        )],
    }],
    silent: &[
        Example {
            files: &[(
                "k8s/web/web.yaml",
                "apiVersion: batch/v1\nkind: Job\nmetadata: {name: once}\nspec: {ttlSecondsAfterFinished: 3600, template: {spec: {containers: [{name: once}]}}}\n",
            )],
        },
        Example {
            files: &[(
                "k8s/web/web.yaml",
                "apiVersion: batch/v1\nkind: Job\nmetadata: {name: once, annotations: {argocd.argoproj.io/hook: PreSync}}\nspec: {template: {spec: {containers: [{name: once}]}}}\n",
            )],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for job in tree.manifests().sets.iter().flat_map(|set| set.of_kind("batch", "Job")) {
        let is_hook = job.get(&["metadata", "annotations"]).is_some_and(|annotations| {
            // Argo CD and Helm delete their hooks themselves.
            ["argocd.argoproj.io/hook", "helm.sh/hook"].iter().any(|hook| annotations.child(hook).is_some())
        });
        if !is_hook && job.get(&["spec", "ttlSecondsAfterFinished"]).is_none_or(Node::is_null) {
            report.add(job.nearest(&["spec"]), format!("{} has no `ttlSecondsAfterFinished`", job.title()));
        }
    }
}
