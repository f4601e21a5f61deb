//! Stars in roles.

use super::role_rules::{lists, rules};
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/role-wildcard",
    severity: Severity::Error,
    title: "a role that allows everything",
    reason: "A star also allows what is added to the cluster tomorrow.",
    fix: "Name the resources and verbs that are needed.",
    fires: &[
        Example {
            files: &[(
                "k8s/web/web.yaml",
                "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: web, namespace: web}\nrules: [{apiGroups: [\"\"], resources: [\"*\"], verbs: [get]}]\n",
            )],
        },
        Example {
            files: &[(
                "k8s/web/web.yaml",
                "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: web, namespace: web}\nrules: [{apiGroups: [\"\"], resources: [pods], verbs: [\"*\"]}]\n",
            )],
        },
    ],
    silent: &[Example {
        files: &[(
            "k8s/web/web.yaml",
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: web, namespace: web}\nrules: [{apiGroups: [\"\"], resources: [pods], verbs: [get]}]\n",
        )],
    }],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for (role, rule) in rules(tree) {
        let starred = ["verbs", "resources", "apiGroups"].into_iter().find(|key| lists(rule, key, &["*"]));
        if let Some(key) = starred {
            report.add(role.at(rule.place), format!("{} allows all `{key}`", role.title()));
        }
    }
}
