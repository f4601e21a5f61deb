//! Templates of charts.

use crate::finding::Location;
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "manifest/template",
    severity: Severity::Note,
    title: "a template, which is not checked",
    reason: "Before somebody fills in its braces it is no manifest, so that nothing can be said of it.",
    fix: "Nothing; or render the chart into a folder and check that.",
    fires: &[
        Example { files: &[("templates/service.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: «name»}\n")] },
        Example {
            files: &[
                ("charts/web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n"),
                (
                    "charts/web/templates/service.yaml",
                    "apiVersion: v1\nkind: Service\nmetadata: {name: {{ .Release.Name }}}\n",
                ),
            ],
        },
    ],
    silent: &[
        Example {
            files: &[(
                "k8s/web/web.yaml",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\ndata: {greeting: «Bonjour»}\n",
            )],
        },
        Example {
            files: &[(
                "k8s/web/web.yaml",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\ndata: {greeting: \"Hello {{ name }}\"}\n",
            )],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for path in &tree.manifests().templates {
        report.add(Location::file(&**path), "the file is a template and is not checked".to_owned());
    }
}
