//! Secrets among the variables of containers.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::secret_names::{gives_away, url_password};
use crate::tree::FileTree;
use crate::yaml::Node;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/literal-secret",
    severity: Severity::Error,
    title: "a secret written into a manifest",
    reason: "The manifest is in git, and git forgets nothing; everybody who may list pods sees it too.",
    fix: "Put it into a Kubernetes Secret, refer to it with `secretKeyRef`, and change the secret: it is known.",
    fires: &[
        Example { files: &[("k8s/web/pod.yaml", pod!("      env: [{name: SMTP_PASS, value: qP4v‖Wz8nLr2x}]\n"))] },
        Example {
            files: &[(
                "argocd/install.yaml",
                "apiVersion: helm.cattle.io/v1\nkind: HelmChart\nmetadata: {name: a}\nspec: {chart: a, set: {admin.password: qP4v‖Wz8nLr2x}}\n",
            )],
        },
        Example {
            files: &[(
                "k8s/argocd/application.yaml",
                "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: a}\nspec: {source: {helm: {parameters: [{name: auth.password, value: qP4v‖Wz8nLr2x}]}}}\n",
            )],
        },
    ],
    silent: &[
        Example {
            files: &[(
                "k8s/web/pod.yaml",
                pod!(
                    "      env: [{name: SMTP_PASS, valueFrom: {secretKeyRef: {name: web, key: SMTP_PASS}}}, {name: SMTP_HOST, value: mail.example.com}, {name: TOKEN_FILE, value: /run/token}]\n"
                ),
            )],
        },
        Example {
            files: &[(
                "argocd/install.yaml",
                "apiVersion: helm.cattle.io/v1\nkind: HelmChart\nmetadata: {name: a}\nspec: {chart: a, authSecret: {name: repository}, set: {server.secret.name: a, replicas: 1}}\n",
            )],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    in_variables(tree, report);
    in_charts(tree, report);
}

/// What an Application or a HelmChart hands to its chart.
fn in_charts(tree: &FileTree, report: &mut Report<'_>) {
    for object in &tree.manifests().written {
        if !object.is("argoproj.io", "Application") && !object.is("helm.cattle.io", "HelmChart") {
            continue;
        }
        let mut look_at = |name: &str, value: &Node| {
            let text = value.as_scalar().map_or("", |scalar| scalar.text.as_str());
            if gives_away(name, text) && url_password(text).is_none() {
                report.add(object.at(value.place), format!("{} has a secret in `{name}`", object.title()));
            }
        };
        let Some(spec) = object.get(&["spec"]) else { continue };
        spec.walk(&mut |key, node| {
            // `parameters` hold names and values, everything else keys.
            match (node.child("name").and_then(Node::as_str), node.child("value"), key) {
                (Some(name), Some(value), None) => look_at(name, value),
                (_, _, Some(key)) if key.text != "value" => look_at(&key.text, node),
                _ => {}
            }
        });
    }
}

fn in_variables(tree: &FileTree, report: &mut Report<'_>) {
    for container in tree.manifests().containers() {
        for variable in container.env() {
            let Some(name) = variable.child("name").and_then(Node::as_str) else { continue };
            let Some(value) = variable.child("value") else { continue };
            // An address with a password is told wherever it stands, in manifests as in every other file.
            let text = value.as_str().unwrap_or_default();
            if gives_away(name, text) && url_password(text).is_none() {
                report.add(
                    container.pod.object.at(value.place),
                    format!("{} has a secret in `{name}`", container.title()),
                );
            }
        }
    }
}
