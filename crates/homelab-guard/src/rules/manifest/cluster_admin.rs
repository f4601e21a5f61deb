//! Bindings to cluster-admin.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/cluster-admin",
    severity: Severity::Error,
    title: "somebody is made an administrator of the cluster",
    reason: "A fault in that one program is then a fault of everything.",
    fix: "Bind a role that allows what is needed and no more.",
    fires: &[Example {
        files: &[(
            "k8s/web/web.yaml",
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: web}\nsubjects: [{kind: ServiceAccount, name: web, namespace: web}]\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}\n",
        )],
    }],
    silent: &[Example {
        files: &[(
            "k8s/web/web.yaml",
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: web}\nsubjects: [{kind: ServiceAccount, name: web, namespace: web}]\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}\n",
        )],
    }],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for object in tree.manifests().sets.iter().flat_map(|set| &set.objects) {
        if !matches!(object.kind.as_str(), "ClusterRoleBinding" | "RoleBinding") {
            continue;
        }
        if let Some(name) = object.get(&["roleRef", "name"]).filter(|name| name.as_str() == Some("cluster-admin")) {
            report.add(object.at(name.place), format!("{} gives away `cluster-admin`", object.title()));
        }
    }
}
