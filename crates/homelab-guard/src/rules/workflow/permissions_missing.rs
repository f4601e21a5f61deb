//! Workflows without `permissions:`.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "workflow/permissions-missing",
    severity: Severity::Warning,
    title: "nothing says what the token may do",
    reason: "Then the repository's setting decides, and in older ones that is everything.",
    fix: "Begin the workflow with `permissions: {contents: read}`, and grant more in the jobs that need it.",
    fires: &[Example {
        files: &[(
            ".github/workflows/a.yml",
            "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n  b:\n    permissions: {}\n",
        )],
    }],
    silent: &[
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: push\npermissions: {contents: read}\njobs:\n  a:\n    runs-on: ubuntu-latest\n",
            )],
        },
        Example { files: &[(".github/workflows/a.yml", "on: push\njobs:\n  a:\n    permissions: {contents: read}\n")] },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for workflow in tree.workflows().iter().filter(|workflow| workflow.permissions.is_none()) {
        for job in workflow.jobs.iter().filter(|job| job.permissions.is_none()) {
            report.add(
                workflow.location(job.place),
                format!("job `{}` has no `permissions:`, nor has the workflow", job.id),
            );
        }
    }
}
