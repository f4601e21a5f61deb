//! `permissions: write-all`.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;
use crate::workflow::Grants;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "workflow/permissions-too-wide",
    severity: Severity::Error,
    title: "the token may do everything",
    reason: "Whatever goes wrong in a step, an action that was exchanged for instance, can then rewrite the repository.",
    fix: "Grant what is needed, where it is needed: `contents: read`, and `packages: write` in the job that pushes the image.",
    fires: &[
        Example { files: &[(".github/workflows/a.yml", "on: push\npermissions: write-all\njobs: {}\n")] },
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: push\npermissions: {}\njobs:\n  a:\n    permissions: write-all\n",
            )],
        },
    ],
    silent: &[Example {
        files: &[(
            ".github/workflows/a.yml",
            "on: push\npermissions: read-all\njobs:\n  a:\n    permissions: {packages: write}\n",
        )],
    }],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for workflow in tree.workflows() {
        let of_jobs = workflow.jobs.iter().filter_map(|job| job.permissions.as_ref());
        for permissions in workflow.permissions.iter().chain(of_jobs) {
            if matches!(&permissions.grants, Grants::All(level) if level == "write-all") {
                report.add(workflow.location(permissions.place), "`write-all` grants every permission there is");
            }
        }
    }
}
