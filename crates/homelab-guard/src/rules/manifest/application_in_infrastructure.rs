//! Applications that belong elsewhere.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/application-in-infrastructure",
    severity: Severity::Error,
    title: "an Application in the infrastructure repository",
    reason: "The decision record keeps services out of it, so that a new service needs no change there.",
    fix: "Move it into the repository of its service, as `k8s/argocd/application.yaml`.",
    fires: &[Example {
        files: &[
            ("argocd/install.yaml", "apiVersion: helm.cattle.io/v1\nkind: HelmChart\nmetadata: {name: argocd}\n"),
            ("shared/postgres/service.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: postgres}\n"),
            (
                "argocd/web.yaml",
                "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web, namespace: argocd}\nspec:\n  project: default\n  source: {repoURL: \"https://github.com/me/web\", path: k8s/web, targetRevision: main}\n  destination: {server: \"https://kubernetes.default.svc\", namespace: web}\n  syncPolicy: {automated: {prune: true, selfHeal: true}, syncOptions: [CreateNamespace=true]}\n",
            ),
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
                ("argocd/install.yaml", "apiVersion: helm.cattle.io/v1\nkind: HelmChart\nmetadata: {name: argocd}\n"),
                ("shared/postgres/service.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: postgres}\n"),
            ],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    let is_infrastructure = tree.get("argocd/install.yaml").is_some() && tree.under("shared").next().is_some();
    if !is_infrastructure {
        return;
    }
    for object in &tree.manifests().written {
        if object.is("argoproj.io", "Application") || object.is("argoproj.io", "ApplicationSet") {
            let message = format!("{} stands in the infrastructure repository", object.title());
            report.add(object.nearest(&["kind"]), message);
        }
    }
}
