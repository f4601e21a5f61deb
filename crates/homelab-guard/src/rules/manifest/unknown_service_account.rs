//! Accounts that are missing.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/unknown-service-account",
    severity: Severity::Error,
    title: "a service account that nobody makes",
    reason: "Without it no pod is ever created, and only the events of the ReplicaSet say why.",
    fix: "Add the ServiceAccount to the manifests, or mend its name.",
    fires: &[Example { files: &[("k8s/web/pod.yaml", pod!("  serviceAccountName: web\n"))] }],
    silent: &[
        Example {
            files: &[
                ("k8s/web/pod.yaml", pod!("  serviceAccountName: web\n")),
                ("k8s/web/account.yaml", "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: web}\n"),
            ],
        },
        Example { files: &[("k8s/web/pod.yaml", pod!("  serviceAccountName: default\n"))] },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for pod in tree.manifests().pods().filter(|pod| !pod.set.is_partial) {
        let Some(named) = pod.spec.child("serviceAccountName") else { continue };
        let Some(name) = named.as_str().filter(|name| !matches!(*name, "" | "default")) else { continue };
        if !pod.set.of_kind("", "ServiceAccount").any(|account| account.name == name) {
            let message =
                format!("{} uses the service account `{name}`, which is in none of its manifests", pod.object.title());
            report.add(pod.object.at(named.place), message);
        }
    }
}
