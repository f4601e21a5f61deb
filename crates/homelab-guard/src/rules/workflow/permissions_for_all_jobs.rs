//! Rights to write that every job gets and one needs.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;
use crate::workflow::Grants;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "workflow/permissions-for-all-jobs",
    severity: Severity::Warning,
    title: "every job may write",
    reason: "A job that only tests runs the most foreign code; it should not be able to push an image or a commit.",
    fix: "Grant it in the job that needs it, and `contents: read` on top.",
    fires: &[Example {
        files: &[(
            ".github/workflows/a.yml",
            "on: push\npermissions:\n  contents: read\n  packages: write\njobs:\n  test: {}\n  build: {}\n",
        )],
    }],
    silent: &[
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: push\npermissions:\n  contents: read\njobs:\n  test: {}\n  build: {permissions: {packages: write}}\n",
            )],
        },
        Example {
            files: &[(".github/workflows/a.yml", "on: push\npermissions:\n  packages: write\njobs:\n  build: {}\n")],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for workflow in tree.workflows() {
        let inheriting = workflow.jobs.iter().filter(|job| job.permissions.is_none()).count();
        let Some(Grants::Each(grants)) = workflow.permissions.as_ref().map(|permissions| &permissions.grants) else {
            continue;
        };
        for (scope, level) in grants.iter().filter(|(_, level)| level.text == "write" && inheriting > 1) {
            report.add(workflow.location(level.place), format!("`{scope}: write` is granted to {inheriting} jobs"));
        }
    }
}
