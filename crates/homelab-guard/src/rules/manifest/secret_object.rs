//! Secrets as objects.

use crate::manifest::at;
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;
use crate::yaml::Node;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/secret-object",
    severity: Severity::Error,
    title: "a Secret in git",
    reason: "Base64 hides nothing: whoever may read the repository, or ever could, has the values. With placeholders in it, Argo CD overwrites the real one.",
    fix: "Keep only `secret.yaml.example` with placeholders in git, make the Secret in the cluster, and change what has been committed.",
    fires: &[
        Example {
            files: &[(
                "k8s/web/web.yaml",
                "apiVersion: v1\nkind: Secret\nmetadata: {name: web}\nstringData: {TOKEN: qP4v‖Wz8nLr2x}\n",
            )],
        },
        Example {
            files: &[(
                "k8s/web/web.yaml",
                "apiVersion: v1\nkind: Secret\nmetadata: {name: web}\ndata: {TOKEN: cVA0‖dld6OG5McjJ4}\n",
            )],
        },
        Example {
            files: &[(
                "k8s/web/kustomization.yaml",
                "secretGenerator: [{name: web, literals: [TOKEN=qP4v‖Wz8nLr2x]}]\n",
            )],
        },
    ],
    silent: &[
        Example {
            files: &[(
                "k8s/web/secret.yaml.example",
                "apiVersion: v1\nkind: Secret\nmetadata: {name: web-secrets}\nstringData: {SESSION_SECRET: \"<32 random bytes>\"}\n",
            )],
        },
        Example {
            files: &[(
                "k8s/web/web.yaml",
                "apiVersion: v1\nkind: Secret\nmetadata: {name: web}\ndata: {TOKEN: \"ENC[AES256_GCM,data:x]\"}\nsops: {version: 3.9.0}\n",
            )],
        },
        Example {
            files: &[(
                "k8s/web/web.yaml",
                "apiVersion: v1\nkind: Secret\nmetadata: {name: web}\ntype: kubernetes.io/service-account-token\n",
            )],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    let manifests = tree.manifests();
    for secret in manifests.written.iter().filter(|object| object.is("", "Secret")) {
        // What SOPS has encrypted may be seen by everybody.
        if secret.get(&["sops"]).is_some() {
            continue;
        }
        for key in ["data", "stringData"] {
            if let Some(data) = secret.get(&[key]).filter(|data| !data.fields().is_empty()) {
                report.add(secret.at(data.place), format!("{} has its values in `{key}`", secret.title()));
            }
        }
    }
    for kustomization in &manifests.kustomizations {
        for generator in kustomization.list("secretGenerator") {
            if let Some(literals) = generator.child("literals").filter(|literals| !literals.items().is_empty()) {
                let name = generator.child("name").and_then(Node::as_str).unwrap_or_default();
                let message = format!("the generated Secret `{name}` has its values in `literals`");
                report.add(at(&kustomization.path, literals.place), message);
            }
        }
    }
}
