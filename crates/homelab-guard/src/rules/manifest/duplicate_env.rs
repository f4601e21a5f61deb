//! Variables of containers.

use std::collections::BTreeSet;

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;
use crate::yaml::Node;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/duplicate-env",
    severity: Severity::Error,
    title: "a variable that is set twice",
    reason: "Only the last one counts, and which that is changes when somebody sorts the list.",
    fix: "Keep one.",
    fires: &[Example {
        files: &[("k8s/web/pod.yaml", pod!("      env: [{name: PORT, value: \"1\"}, {name: PORT, value: \"2\"}]\n"))],
    }],
    silent: &[Example {
        files: &[("k8s/web/pod.yaml", pod!("      env: [{name: PORT, value: \"1\"}, {name: HOST, value: \"2\"}]\n"))],
    }],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for container in tree.manifests().containers() {
        let mut seen = BTreeSet::new();
        for variable in container.env() {
            let Some(name) = variable.child("name").and_then(Node::as_str) else { continue };
            if !seen.insert(name) {
                report
                    .add(container.pod.object.at(variable.place), format!("{} sets `{name}` twice", container.title()));
            }
        }
    }
}
