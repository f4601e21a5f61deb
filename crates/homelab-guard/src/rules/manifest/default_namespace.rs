//! Namespaces of objects.

use crate::manifest::Object;
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/default-namespace",
    severity: Severity::Error,
    title: "an object without a namespace of its own",
    reason: "It lands in `default`, beside everything else that nobody named a place for, where names collide and policies do not tell services apart.",
    fix: "Name a namespace in the object, in the kustomization or as the `destination` of the Application.",
    fires: &[
        Example { files: &[("k8s/web/web.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n")] },
        Example {
            files: &[(
                "k8s/web/web.yaml",
                "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: default}\n",
            )],
        },
    ],
    silent: &[
        Example {
            files: &[("k8s/web/web.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: web}\n")],
        },
        Example {
            files: &[
                ("k8s/web/web.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n"),
                ("k8s/web/kustomization.yaml", "namespace: web\nresources: [web.yaml]\n"),
            ],
        },
        Example { files: &[("k8s/web/web.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: web}\n")] },
    ],
    check: Check::Tree(check),
};

/// Kinds that stand in no namespace.
const CLUSTER_WIDE: &[&str] = &[
    "ClusterRole",
    "ClusterRoleBinding",
    "IngressClass",
    "Namespace",
    "Node",
    "PersistentVolume",
    "PriorityClass",
    "RuntimeClass",
    "StorageClass",
    "CSIDriver",
    "CustomResourceDefinition",
    "APIService",
    "MutatingWebhookConfiguration",
    "ValidatingWebhookConfiguration",
    "ValidatingAdmissionPolicy",
    "ValidatingAdmissionPolicyBinding",
];

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for set in &tree.manifests().sets {
        for object in set.objects.iter().filter(|object| is_namespaced(object)) {
            let named = object.get(&["metadata", "namespace"]);
            let title = object.title();
            match object.namespace().or(set.namespace.as_deref()) {
                None => {
                    let message =
                        format!("{title} names no namespace, and no kustomization or Application does it instead");
                    report.add(object.nearest(&["metadata"]), message);
                }
                Some("default") => {
                    let place = named.map_or_else(|| object.nearest(&["metadata"]), |named| object.at(named.place));
                    report.add(place, format!("{title} is put into the namespace `default`"));
                }
                Some(_) => {}
            }
        }
    }
}

/// Whether it stands in a namespace. Of custom resources nobody knows.
fn is_namespaced(object: &Object) -> bool {
    let group = object.group();
    let is_known = !group.contains('.') || group.ends_with(".k8s.io");
    is_known && !CLUSTER_WIDE.contains(&object.kind.as_str())
}
