//! Versions of APIs that are gone.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::schema::{KUBERNETES_MINOR, removal};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/removed-api",
    severity: Severity::Error,
    title: "a version of an API that is gone",
    reason: "The cluster does not know it: nothing of the manifest is applied.",
    fix: "Write the version that the message names.",
    fires: &[Example {
        files: &[("k8s/web/web.yaml", "apiVersion: batch/v1beta1\nkind: CronJob\nmetadata: {name: nightly}\n")],
    }],
    silent: &[Example {
        files: &[("k8s/web/web.yaml", "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: nightly}\n")],
    }],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for object in &tree.manifests().written {
        let removal = removal(&object.api_version, &object.kind).filter(|removal| removal.minor <= KUBERNETES_MINOR);
        if let Some(removal) = removal {
            let (kind, version) = (&object.kind, &object.api_version);
            let message =
                format!("`{kind}` of `{version}` is gone since Kubernetes 1.{}; {}", removal.minor, removal.instead);
            report.add(object.nearest(&["apiVersion"]), message);
        }
    }
}
