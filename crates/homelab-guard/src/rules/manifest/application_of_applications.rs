//! App of Apps, which the decision record rules out.

use crate::manifest::{Object, join};
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;
use crate::yaml::Node;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/application-of-applications",
    severity: Severity::Error,
    title: "an Application that deploys Applications",
    reason: "Each new service would then need a change here as well, and one mistake in one file takes all of them down. The decision record has each service register itself.",
    fix: "Let each repository hold its own Application, and apply that once.",
    fires: &[
        Example {
            files: &[(
                "k8s/argocd/application.yaml",
                "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web, namespace: argocd}\nspec:\n  project: default\n  source: {repoURL: \"https://github.com/me/web\", path: k8s/argocd, targetRevision: main}\n  destination: {server: \"https://kubernetes.default.svc\", namespace: web}\n  syncPolicy: {automated: {prune: true, selfHeal: true}, syncOptions: [CreateNamespace=true]}\n",
            )],
        },
        Example {
            files: &[
                (
                    "k8s/argocd/application.yaml",
                    "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web, namespace: argocd}\nspec:\n  project: default\n  source: {repoURL: \"https://github.com/me/web\", path: k8s, targetRevision: main}\n  destination: {server: \"https://kubernetes.default.svc\", namespace: web}\n  syncPolicy: {automated: {prune: true, selfHeal: true}, syncOptions: [CreateNamespace=true]}\n",
                ),
                ("k8s/apps.yaml", "apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: all}\n"),
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
    let manifests = tree.manifests();
    let is_application =
        |object: &&Object| object.is("argoproj.io", "Application") || object.is("argoproj.io", "ApplicationSet");
    for application in manifests.applications() {
        let Some(path) = application.get(&["spec", "source", "path"]) else { continue };
        let Some(folder) = path.as_str().and_then(|path| join("", path)) else { continue };
        let recurses =
            application.get(&["spec", "source", "directory", "recurse"]).and_then(Node::as_bool) == Some(true);
        let own_set = manifests.sets.iter().filter(|set| set.folder == folder).flat_map(|set| &set.objects);
        let below = manifests.written.iter().filter(|object| recurses && is_below(&object.path, &folder));
        if let Some(found) = own_set.chain(below).find(is_application) {
            let message = format!("{} deploys {}, in `{}`", application.title(), found.title(), found.path);
            report.add(application.at(path.place), message);
        }
    }
}

fn is_below(path: &str, folder: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}
