//! Actions by tag or branch.

use super::steps;
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;
use crate::workflow::{Text, Workflow};

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "workflow/action-not-pinned",
    severity: Severity::Error,
    title: "an action that its owner can exchange",
    reason: "A tag can be moved to other code, and has been: the next run hands that code the token and every secret of the job.",
    fix: "Name the commit, with the version as a comment: `uses: owner/action@<40 digits> # v6.0.2`.",
    fires: &[
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: push\npermissions: {}\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v6\n",
            )],
        },
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: push\njobs:\n  a:\n    uses: o/r/.github/workflows/b.yml@main\n",
            )],
        },
        Example {
            files: &[(
                ".github/workflows/a.yaml",
                "on: push\njobs:\n  a:\n    steps:\n      - uses: docker://alpine:3\n",
            )],
        },
        Example { files: &[(".github/workflows/a.yml", "on: push\njobs:\n  a:\n    steps:\n      - uses: o/a\n")] },
    ],
    silent: &[
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: push\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@0123456789abcdef0123456789abcdef01234567 # v6\n",
            )],
        },
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: push\njobs:\n  a:\n    uses: ./.github/workflows/b.yml\n  b:\n    steps:\n      - uses: ./actions/x\n",
            )],
        },
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: push\njobs:\n  a:\n    steps:\n      - uses: docker://alpine@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n",
            )],
        },
        Example { files: &[("docs/a.yml", "jobs:\n  a:\n    steps:\n      - uses: actions/checkout@v6\n")] },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for at in steps(tree) {
        at.step.uses.iter().for_each(|uses| judge(at.workflow, uses, report));
    }
    for workflow in tree.workflows() {
        workflow.jobs.iter().filter_map(|job| job.uses.as_ref()).for_each(|uses| judge(workflow, uses, report));
    }
}

fn judge(workflow: &Workflow, uses: &Text, report: &mut Report<'_>) {
    let (name, version) = uses.text.split_once('@').unwrap_or((&uses.text, ""));
    let is_commit = version.len() == 40 && version.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_digest = name.starts_with("docker://") && version.starts_with("sha256:");
    if !name.starts_with("./") && !is_commit && !is_digest {
        let by =
            if version.is_empty() { "by no version".to_owned() } else { format!("by `{version}`, which can be moved") };
        report.add(workflow.location(uses.place), format!("`{name}` is named {by}"));
    }
}
