//! Commands in pods.

use super::role_rules::{lists, rules};
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/role-exec",
    severity: Severity::Error,
    title: "a role that may run commands in pods",
    reason: "It is a login into every service of the namespace, with all its secrets.",
    fix: "Remove `pods/exec` and `pods/attach`.",
    fires: &[Example {
        files: &[(
            "k8s/web/web.yaml",
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: web, namespace: web}\nrules: [{apiGroups: [\"\"], resources: [pods/exec], verbs: [create]}]\n",
        )],
    }],
    silent: &[Example {
        files: &[(
            "k8s/web/web.yaml",
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: web, namespace: web}\nrules: [{apiGroups: [\"\"], resources: [pods], verbs: [create]}]\n",
        )],
    }],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for (role, rule) in rules(tree) {
        if lists(rule, "resources", &["pods/exec", "pods/attach", "pods/ephemeralcontainers"]) {
            report.add(role.at(rule.place), format!("{} may run commands in pods", role.title()));
        }
    }
}
