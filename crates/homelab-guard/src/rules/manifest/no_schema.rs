//! Kinds without a schema.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::schema;
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/no-schema",
    severity: Severity::Note,
    title: "a kind whose fields are not checked",
    reason: "Its schema is not part of this program, so a field that is spelled wrong is not seen.",
    fix: "Nothing, or compare it with the documentation of the operator that reads it.",
    fires: &[Example {
        files: &[("k8s/web/web.yaml", "apiVersion: traefik.io/v1alpha1\nkind: Middleware\nmetadata: {name: web}\n")],
    }],
    silent: &[Example { files: &[("k8s/web/web.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n")] }],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for object in &tree.manifests().written {
        if schema::is_unknown(&object.api_version, &object.kind) {
            let message = format!(
                "`{}` of `{}` has no schema here, so its fields are not checked",
                object.kind, object.api_version
            );
            report.add(object.nearest(&["kind"]), message);
        }
    }
}
