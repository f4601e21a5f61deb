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
    fires: &[Example {
        files: &[("k8s/web/pod.yaml", pod!("      env: [{name: SMTP_PASS, value: qP4v‖Wz8nLr2x}]\n"))],
    }],
    silent: &[Example {
        files: &[(
            "k8s/web/pod.yaml",
            pod!(
                "      env: [{name: SMTP_PASS, valueFrom: {secretKeyRef: {name: web, key: SMTP_PASS}}}, {name: SMTP_HOST, value: mail.example.com}, {name: TOKEN_FILE, value: /run/token}]\n"
            ),
        )],
    }],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
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
