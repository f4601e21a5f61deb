//! Secrets in roles.

use super::role_rules::{lists, rules};
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/role-secrets",
    severity: Severity::Error,
    title: "a role that may read all Secrets",
    reason: "Whoever has it has every password of the namespace.",
    fix: "Remove `secrets`, or name the one that is needed in `resourceNames`, with the verb `get` alone.",
    fires: &[Example {
        files: &[(
            "k8s/web/web.yaml",
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: web, namespace: web}\nrules: [{apiGroups: [\"\"], resources: [secrets], verbs: [get]}]\n",
        )],
    }],
    silent: &[
        Example {
            files: &[(
                "k8s/web/web.yaml",
                "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: web, namespace: web}\nrules: [{apiGroups: [\"\"], resources: [secrets], verbs: [get], resourceNames: [web]}]\n",
            )],
        },
        Example {
            files: &[(
                "k8s/web/web.yaml",
                "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: web, namespace: web}\nrules: [{apiGroups: [\"\"], resources: [configmaps], verbs: [get]}]\n",
            )],
        },
        Example {
            files: &[(
                "k8s/web/web.yaml",
                "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: web, namespace: web}\nrules: [{apiGroups: [\"\"], resources: [secrets], verbs: [create]}]\n",
            )],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for (role, rule) in rules(tree) {
        // With names, `list` and `watch` still show all.
        let is_narrow = rule.child("resourceNames").is_some_and(|names| !names.items().is_empty());
        let reads = lists(rule, "verbs", if is_narrow { &["list", "watch"] } else { &["get", "list", "watch"] });
        if reads && lists(rule, "resources", &["secrets"]) {
            report.add(role.at(rule.place), format!("{} may read all Secrets", role.title()));
        }
    }
}
