//! Secrets in ConfigMaps.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::secret_names::{gives_away, url_password};
use crate::tree::FileTree;
use crate::yaml::Node;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/secret-in-config-map",
    severity: Severity::Error,
    title: "a secret in a ConfigMap",
    reason: "ConfigMaps are for what everybody may know: they are in git, and readable to whoever may look into the namespace.",
    fix: "Move the key into a Kubernetes Secret, and change the secret: it is known.",
    fires: &[Example {
        files: &[(
            "k8s/web/web.yaml",
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\ndata: {SMTP_PASS: qP4v‖Wz8nLr2x}\n",
        )],
    }],
    silent: &[Example {
        files: &[(
            "k8s/web/web.yaml",
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\ndata: {SMTP_HOST: mail.example.com, PASSWORD_FILE: /run/password}\n",
        )],
    }],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for map in tree.manifests().written.iter().filter(|object| object.is("", "ConfigMap")) {
        for field in map.get(&["data"]).map_or(&[][..], Node::fields) {
            let (name, text) = (&field.key.text, field.value.as_str().unwrap_or_default());
            // An address with a password is told wherever it stands, and so are secrets inside of whole files.
            let is_one_value = !text.trim_end().contains('\n');
            if is_one_value && gives_away(name, text) && url_password(text).is_none() {
                report.add(map.at(field.value.place), format!("{} has a secret in `{name}`", map.title()));
            }
        }
    }
}
