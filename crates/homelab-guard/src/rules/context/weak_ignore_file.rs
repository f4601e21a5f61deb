//! Ignore files that forget what a developer's folder often holds.

use crate::finding::Location;
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "context/weak-ignore-file",
    severity: Severity::Warning,
    title: "the whole folder is copied, and the ignore file forgets what often lies there",
    reason: "Keys, kubeconfigs, dumps and the history in `.git` are seldom meant for an image, and seldom noticed in one.",
    fix: "Add the lines, or turn the file around: `*` first, then `!` for what the build needs.",
    fires: &[Example {
        files: &[("Dockerfile", "FROM a:1\nCOPY . .\n"), (".dockerignore", ".env\n.env.*\n!.env.example\n")],
    }],
    silent: &[
        Example { files: &[("Dockerfile", "FROM a:1\nCOPY . .\n"), (".dockerignore", "*\n!src\n")] },
        Example { files: &[("Dockerfile", "FROM a:1\nCOPY src src\n"), (".dockerignore", ".env\n.env.*\n")] },
        Example {
            files: &[
                ("Dockerfile", "FROM a:1\nCOPY . .\n"),
                (
                    ".dockerignore",
                    ".env*\n.git\n**/*.pem\n**/*.key\n**/id_*\n**/*kubeconfig*\n**/*.sql\n**/*.dump\n**/*.sqlite*\n**/*.db\n**/secret.yaml\n**/*.tfstate*\n",
                ),
            ],
        },
    ],
    check: Check::Tree(check),
};

/// What could lie around, and the line that keeps it out.
const LIKELY: &[(&str, &str)] = &[
    (".git/config", ".git"),
    ("server.key", "**/*.key"),
    ("id_ed25519", "**/id_*"),
    ("kubeconfig", "**/*kubeconfig*"),
    ("secret.yaml", "**/secret.yaml"),
    ("dump.sql", "**/*.sql"),
    ("terraform.tfstate", "**/*.tfstate*"),
    ("data.sqlite", "**/*.sqlite*"),
];

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for (path, context) in super::ignore_files(tree) {
        let takes_all = context.whole_copy().is_some();
        let missing: Vec<String> = LIKELY
            .iter()
            .filter(|(likely, _)| takes_all && context.would_take(likely).is_some())
            .map(|(_, line)| format!("`{line}`"))
            .collect();
        if !missing.is_empty() {
            report.add(Location::file(path), format!("these lines are missing: {}", missing.join(", ")));
        }
    }
}
