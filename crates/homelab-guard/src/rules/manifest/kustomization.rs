//! What kustomizations list.

use crate::manifest::at;
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/kustomization",
    severity: Severity::Error,
    title: "a kustomization that lists what is not there",
    reason: "kustomize stops at it, and nothing at all is deployed.",
    fix: "Mend the path, or add the file.",
    fires: &[Example { files: &[("k8s/web/kustomization.yaml", "resources: [service.yaml]\n")] }],
    silent: &[Example {
        files: &[
            ("k8s/web/kustomization.yaml", "resources: [service.yaml, ../base, \"https://example.com/a.yaml\"]\n"),
            ("k8s/web/service.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n"),
            ("k8s/base/kustomization.yaml", "namespace: web\n"),
        ],
    }],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for kustomization in &tree.manifests().kustomizations {
        for named in kustomization.resources().chain(kustomization.patch_files()).filter(|named| !named.is_address()) {
            let exists = named
                .target
                .as_deref()
                .is_some_and(|target| tree.under(target).next().is_some() || tree.get(target).is_some());
            if !exists {
                let message = format!("`{}` is listed here and does not exist", named.written);
                report.add(at(&kustomization.path, named.place), message);
            }
        }
    }
}
