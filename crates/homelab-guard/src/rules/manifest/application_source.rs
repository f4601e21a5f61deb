//! Where Applications come from.

use crate::manifest::join;
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;
use crate::yaml::Node;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/application-source",
    severity: Severity::Error,
    title: "an Application whose source cannot be right",
    reason: "A path that does not exist leaves it in an error for ever, and credentials in an address are in git.",
    fix: "Let `path` be a folder of this repository with manifests, and keep credentials in Argo CD's own repository Secret.",
    fires: &[
        Example {
            files: &[
                (
                    "k8s/argocd/application.yaml",
                    "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web, namespace: argocd}\nspec:\n  project: default\n  source: {repoURL: \"https://github.com/me/web\", path: k8s/wep, targetRevision: main}\n  destination: {server: \"https://kubernetes.default.svc\", namespace: web}\n  syncPolicy: {automated: {prune: true, selfHeal: true}, syncOptions: [CreateNamespace=true]}\n",
                ),
                ("k8s/web/service.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n"),
            ],
        },
        Example {
            files: &[
                (
                    "k8s/argocd/application.yaml",
                    "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web, namespace: argocd}\nspec:\n  project: default\n  source: {repoURL: \"https://me:qP4v‖Wz8nLr2x@github.com/me/web\", path: k8s/web, targetRevision: main}\n  destination: {server: \"https://kubernetes.default.svc\", namespace: web}\n  syncPolicy: {automated: {prune: true, selfHeal: true}, syncOptions: [CreateNamespace=true]}\n",
                ),
                ("k8s/web/service.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n"),
            ],
        },
    ],
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
            files: &[(
                "apps/applications.yaml",
                "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web, namespace: argocd}\nspec:\n  project: default\n  source: {repoURL: \"https://github.com/me/web\", path: k8s/web, targetRevision: main}\n  destination: {server: \"https://kubernetes.default.svc\", namespace: web}\n  syncPolicy: {automated: {prune: true, selfHeal: true}, syncOptions: [CreateNamespace=true]}\n",
            )],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for application in tree.manifests().applications() {
        // An Application in a folder `argocd` is the one of its own repository; elsewhere nobody knows whose path it is.
        let is_own = application.path.starts_with("argocd/") || application.path.contains("/argocd/");
        let several = application.get(&["spec", "sources"]).map_or(&[][..], Node::items);
        for source in application.get(&["spec", "source"]).into_iter().chain(several) {
            if let Some(address) = source.child("repoURL").filter(|address| has_login(address)) {
                report.add(
                    application.at(address.place),
                    format!("the `repoURL` of {} has a login in it", application.title()),
                );
            }
            let Some(path) = source.child("path").filter(|_| is_own && source.child("chart").is_none()) else {
                continue;
            };
            let written = path.as_str().unwrap_or_default();
            let exists = join("", written).is_some_and(|folder| tree.under(&folder).next().is_some());
            if !exists {
                let message =
                    format!("{} has the path `{written}`, which is no folder of this repository", application.title());
                report.add(application.at(path.place), message);
            }
        }
    }
}

/// `https://user:…@host`; the `git@` of SSH is no login.
fn has_login(address: &Node) -> bool {
    let text = address.as_str().unwrap_or_default();
    text.starts_with("http")
        && text.split_once("://").is_some_and(|(_, rest)| rest.split('/').next().is_some_and(|host| host.contains('@')))
}
