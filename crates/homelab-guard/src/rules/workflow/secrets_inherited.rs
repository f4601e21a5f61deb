//! `secrets: inherit` for somebody else's workflow.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "workflow/secrets-inherited",
    severity: Severity::Warning,
    title: "another repository's workflow gets every secret",
    reason: "It gets those that it has no use for as well, and those that are added later.",
    fix: "Name the secrets that it needs, one by one.",
    fires: &[Example {
        files: &[(
            ".github/workflows/a.yml",
            "on: push\njobs:\n  a:\n    uses: o/r/.github/workflows/b.yml@main\n    secrets: inherit\n",
        )],
    }],
    silent: &[Example {
        files: &[(
            ".github/workflows/a.yml",
            "on: push\njobs:\n  a:\n    uses: ./.github/workflows/b.yml\n    secrets: inherit\n  b:\n    uses: o/r/.github/workflows/b.yml@main\n    secrets: {T: '${{ secrets.T }}'}\n",
        )],
    }],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for workflow in tree.workflows() {
        for job in &workflow.jobs {
            let (Some(uses), Some(place)) = (&job.uses, job.secrets_inherited) else { continue };
            if !uses.text.starts_with("./") {
                let name = uses.text.split('@').next().unwrap_or_default();
                report.add(workflow.location(place), format!("`{name}` gets all secrets of this repository"));
            }
        }
    }
}
