//! Applications that follow git.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;
use crate::yaml::Node;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/application-sync",
    severity: Severity::Error,
    title: "an Application that is not kept in step with git",
    reason: "Without `automated` a push changes nothing; without `prune` what is deleted in git stays; without `selfHeal` a change by hand stays.",
    fix: "Set `syncPolicy: {automated: {prune: true, selfHeal: true}}`.",
    fires: &[
        Example {
            files: &[
                (
                    "k8s/argocd/application.yaml",
                    "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web, namespace: argocd}\nspec:\n  project: default\n  source: {repoURL: \"https://github.com/me/web\", path: k8s/web, targetRevision: main}\n  destination: {server: \"https://kubernetes.default.svc\", namespace: web}\n  syncPolicy: {automated: {selfHeal: true}, syncOptions: [CreateNamespace=true]}\n",
                ),
                ("k8s/web/service.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n"),
            ],
        },
        Example {
            files: &[
                (
                    "k8s/argocd/application.yaml",
                    "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web, namespace: argocd}\nspec:\n  project: default\n  source: {repoURL: \"https://github.com/me/web\", path: k8s/web, targetRevision: main}\n  destination: {server: \"https://kubernetes.default.svc\", namespace: web}\n",
                ),
                ("k8s/web/service.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n"),
            ],
        },
    ],
    silent: &[Example {
        files: &[
            (
                "k8s/argocd/application.yaml",
                "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web, namespace: argocd}\nspec:\n  project: default\n  source: {repoURL: \"https://github.com/me/web\", path: k8s/web, targetRevision: main}\n  destination: {server: \"https://kubernetes.default.svc\", namespace: web}\n  syncPolicy: {automated: {prune: true, selfHeal: true}, syncOptions: [CreateNamespace=true]}\n",
            ),
            ("k8s/web/service.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n"),
        ],
    }],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for application in tree.manifests().applications() {
        let automated = application.get(&["spec", "syncPolicy", "automated"]);
        let place = application.nearest(&["spec", "syncPolicy", "automated"]);
        let is_on =
            |key: &str| automated.and_then(|automated| automated.child(key)).and_then(Node::as_bool) == Some(true);
        if automated.is_none() || automated.is_some_and(Node::is_null) {
            report.add(place, format!("{} has no `syncPolicy.automated`", application.title()));
            continue;
        }
        let missing: Vec<&str> = ["prune", "selfHeal"].into_iter().filter(|key| !is_on(key)).collect();
        if !missing.is_empty() {
            report
                .add(place, format!("{} does not set `{}: true`", application.title(), missing.join(": true` and `")));
        }
    }
}
