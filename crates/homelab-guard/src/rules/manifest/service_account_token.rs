//! Tokens for the API of the cluster.

use crate::manifest::Set;
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;
use crate::yaml::Node;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/service-account-token",
    severity: Severity::Error,
    title: "a pod gets a token for the cluster's API",
    reason: "A web service does not talk to Kubernetes. Whoever gets into it does, with this token.",
    fix: "Set `automountServiceAccountToken: false` in the pod, or in its ServiceAccount.",
    fires: &[Example { files: &[("k8s/web/pod.yaml", pod!("      image: example/web:1\n"))] }],
    silent: &[
        Example { files: &[("k8s/web/pod.yaml", pod!("  automountServiceAccountToken: false\n"))] },
        Example {
            files: &[
                ("k8s/web/pod.yaml", pod!("  serviceAccountName: web\n")),
                (
                    "k8s/web/account.yaml",
                    "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: web}\nautomountServiceAccountToken: false\n",
                ),
            ],
        },
        Example {
            files: &[
                ("k8s/web/pod.yaml", pod!("  serviceAccountName: web\n")),
                (
                    "k8s/web/role.yaml",
                    "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: web}\nsubjects: [{kind: ServiceAccount, name: web}]\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web}\n",
                ),
            ],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for pod in tree.manifests().pods().filter(|pod| pod.set.is_comparable()) {
        let account = pod.spec.child("serviceAccountName").and_then(Node::as_str).unwrap_or("default");
        let setting = pod.spec.child("automountServiceAccountToken").filter(|setting| !setting.is_null());
        let of_account = pod.set.of_kind("", "ServiceAccount").find(|object| object.name == account);
        let of_account = of_account.and_then(|object| object.get(&["automountServiceAccountToken"]));
        let is_mounted = setting.or(of_account).and_then(Node::as_bool) != Some(false);
        if is_mounted && !has_role(pod.set, account) {
            let place = setting.map_or(pod.spec.place, |setting| setting.place);
            let message = format!("{} gets a token for the cluster's API and has no role there", pod.object.title());
            report.add(pod.object.at(place), message);
        }
    }
}

/// Whether the account may do something in the cluster, so that its token is there for a reason.
fn has_role(set: &Set, account: &str) -> bool {
    let group = "rbac.authorization.k8s.io";
    let bindings = set.of_kind(group, "RoleBinding").chain(set.of_kind(group, "ClusterRoleBinding"));
    bindings.flat_map(|binding| binding.get(&["subjects"]).map_or(&[][..], Node::items)).any(|subject| {
        let is = |key: &str, text: &str| subject.child(key).and_then(Node::as_str) == Some(text);
        is("kind", "ServiceAccount") && is("name", account)
    })
}
