//! Where Applications go.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;
use crate::yaml::Node;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/application-destination",
    severity: Severity::Error,
    title: "an Application without a destination of its own",
    reason: "Without a namespace its objects land wherever they say themselves, or in `default`; without a cluster it is refused.",
    fix: "Set `destination: {server: https://kubernetes.default.svc, namespace: …}` and a `project`.",
    fires: &[
        Example {
            files: &[
                (
                    "k8s/argocd/application.yaml",
                    "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web, namespace: argocd}\nspec:\n  project: default\n  source: {repoURL: \"https://github.com/me/web\", path: k8s/web, targetRevision: main}\n  destination: {server: \"https://kubernetes.default.svc\"}\n  syncPolicy: {automated: {prune: true, selfHeal: true}, syncOptions: [CreateNamespace=true]}\n",
                ),
                ("k8s/web/service.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n"),
            ],
        },
        Example {
            files: &[
                (
                    "k8s/argocd/application.yaml",
                    "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web, namespace: argocd}\nspec:\n  project: default\n  source: {repoURL: \"https://github.com/me/web\", path: k8s/web, targetRevision: main}\n  destination: {namespace: web}\n  syncPolicy: {automated: {prune: true, selfHeal: true}, syncOptions: [CreateNamespace=true]}\n",
                ),
                ("k8s/web/service.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n"),
            ],
        },
        Example {
            files: &[
                (
                    "k8s/argocd/application.yaml",
                    "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web, namespace: argocd}\nspec:\n  project: default\n  source: {repoURL: \"https://github.com/me/web\", path: k8s/web, targetRevision: main}\n  destination: {server: \"https://kubernetes.default.svc\", namespace: default}\n  syncPolicy: {automated: {prune: true, selfHeal: true}, syncOptions: [CreateNamespace=true]}\n",
                ),
                ("k8s/web/service.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n"),
            ],
        },
        Example {
            files: &[
                (
                    "k8s/argocd/application.yaml",
                    "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web, namespace: argocd}\nspec:\n  project: \"\"\n  source: {repoURL: \"https://github.com/me/web\", path: k8s/web, targetRevision: main}\n  destination: {server: \"https://kubernetes.default.svc\", namespace: web}\n  syncPolicy: {automated: {prune: true, selfHeal: true}, syncOptions: [CreateNamespace=true]}\n",
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
        let text = |path: &[&str]| application.get(path).and_then(Node::as_str).filter(|text| !text.is_empty());
        let place = application.nearest(&["spec", "destination"]);
        let title = application.title();
        match text(&["spec", "destination", "namespace"]) {
            None => report.add(place.clone(), format!("{title} names no namespace as its destination")),
            Some("default") => {
                report.add(place.clone(), format!("{title} has the namespace `default` as its destination"));
            }
            Some(_) => {}
        }
        if text(&["spec", "destination", "server"]).or(text(&["spec", "destination", "name"])).is_none() {
            report.add(place, format!("{title} names no cluster as its destination"));
        }
        // Where the field is missing altogether, the schema says so.
        if let Some(project) = application.get(&["spec", "project"]).filter(|project| project.as_str() == Some("")) {
            report.add(application.at(project.place), format!("{title} names no project"));
        }
    }
}
