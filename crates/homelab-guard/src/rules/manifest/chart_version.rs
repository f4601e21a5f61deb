//! Versions of charts.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;
use crate::yaml::Node;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/chart-version",
    severity: Severity::Error,
    title: "a Helm chart without a fixed version",
    reason: "K3s installs the newest one whenever it looks again: the platform changes by itself, without a commit to go back to.",
    fix: "Name an exact version.",
    fires: &[
        Example {
            files: &[(
                "argocd/install.yaml",
                "apiVersion: helm.cattle.io/v1\nkind: HelmChart\nmetadata: {name: argocd, namespace: kube-system}\nspec: {repo: \"https://argoproj.github.io/argo-helm\", chart: argo-cd}\n",
            )],
        },
        Example {
            files: &[(
                "argocd/install.yaml",
                "apiVersion: helm.cattle.io/v1\nkind: HelmChart\nmetadata: {name: argocd, namespace: kube-system}\nspec: {repo: \"https://argoproj.github.io/argo-helm\", chart: argo-cd, version: \">=9\"}\n",
            )],
        },
    ],
    silent: &[
        Example {
            files: &[(
                "argocd/install.yaml",
                "apiVersion: helm.cattle.io/v1\nkind: HelmChart\nmetadata: {name: argocd, namespace: kube-system}\nspec: {repo: \"https://argoproj.github.io/argo-helm\", chart: argo-cd, version: 9.1.0}\n",
            )],
        },
        Example {
            files: &[(
                "argocd/install.yaml",
                "apiVersion: helm.cattle.io/v1\nkind: HelmChart\nmetadata: {name: argocd, namespace: kube-system}\nspec: {repo: \"https://argoproj.github.io/argo-helm\", chart: \"https://example.com/argo-cd-9.1.0.tgz\"}\n",
            )],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for chart in tree.manifests().written.iter().filter(|object| object.is("helm.cattle.io", "HelmChart")) {
        let text = |key: &str| chart.get(&["spec", key]).and_then(Node::as_str).unwrap_or_default();
        // An archive is one version.
        let is_archive = text("chart").ends_with(".tgz") || !text("chartContent").is_empty();
        if !is_archive && !is_exact(text("version")) {
            report.add(chart.nearest(&["spec", "version"]), format!("{} has no exact `version`", chart.title()));
        }
    }
    for application in tree.manifests().applications() {
        let several = application.get(&["spec", "sources"]).map_or(&[][..], Node::items);
        let sources = application.get(&["spec", "source"]).into_iter().chain(several);
        for source in sources.filter(|source| source.child("chart").is_some()) {
            let revision = source.child("targetRevision");
            if !is_exact(revision.and_then(Node::as_str).unwrap_or_default()) {
                let place = revision.map_or(source.place, |revision| revision.place);
                let message = format!("the chart of {} has no exact `targetRevision`", application.title());
                report.add(application.at(place), message);
            }
        }
    }
}

/// `9.1.0` or `v9.1.0-rc.1`, not `9.x`, `^9` or `>=9`.
fn is_exact(version: &str) -> bool {
    let version = version.strip_prefix('v').unwrap_or(version);
    let core = version.split(['-', '+']).next().unwrap_or_default();
    let parts: Vec<&str> = core.split('.').collect();
    parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}
