//! Namespaces of Applications.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;
use crate::yaml::Node;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/application-namespace",
    severity: Severity::Error,
    title: "an Application whose namespace nobody makes",
    reason: "The first deployment fails, since its namespace does not exist.",
    fix: "Add `CreateNamespace=true` to `syncPolicy.syncOptions`.",
    fires: &[Example {
        files: &[
            (
                "k8s/argocd/application.yaml",
                "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web, namespace: argocd}\nspec:\n  project: default\n  source: {repoURL: \"https://github.com/me/web\", path: k8s/web, targetRevision: main}\n  destination: {server: \"https://kubernetes.default.svc\", namespace: web}\n  syncPolicy: {automated: {prune: true, selfHeal: true}, syncOptions: []}\n",
            ),
            ("k8s/web/service.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n"),
        ],
    }],
    silent: &[
        Example {
            files: &[
                (
                    "k8s/argocd/application.yaml",
                    "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web, namespace: argocd}\nspec:\n  project: default\n  source: {repoURL: \"https://github.com/me/web\", path: k8s/web, targetRevision: main}\n  destination: {server: \"https://kubernetes.default.svc\", namespace: web}\n  syncPolicy: {automated: {prune: true, selfHeal: true}, syncOptions: [CreateNamespace=true]}\n",
                ),
                ("k8s/web/service.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n"),
            ],
        },
        Example {
            files: &[
                (
                    "k8s/argocd/application.yaml",
                    "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web, namespace: argocd}\nspec:\n  project: default\n  source: {repoURL: \"https://github.com/me/web\", path: k8s/web, targetRevision: main}\n  destination: {server: \"https://kubernetes.default.svc\", namespace: web}\n  syncPolicy: {automated: {prune: true, selfHeal: true}, syncOptions: []}\n",
                ),
                ("k8s/web/namespace.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: web}\n"),
            ],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    let manifests = tree.manifests();
    for application in manifests.applications() {
        let options = application.get(&["spec", "syncPolicy", "syncOptions"]).map_or(&[][..], Node::items);
        let creates = options.iter().any(|option| option.as_str() == Some("CreateNamespace=true"));
        let namespace =
            application.get(&["spec", "destination", "namespace"]).and_then(Node::as_str).unwrap_or_default();
        let exists = manifests.written.iter().any(|object| object.is("", "Namespace") && object.name == namespace);
        if !creates && !exists {
            let place = application.nearest(&["spec", "syncPolicy", "syncOptions"]);
            report.add(place, format!("{} does not set `CreateNamespace=true`", application.title()));
        }
    }
}
