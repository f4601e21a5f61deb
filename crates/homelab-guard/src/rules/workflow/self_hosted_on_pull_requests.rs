//! A runner at home that strangers may use.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "workflow/self-hosted-on-pull-requests",
    severity: Severity::Error,
    title: "pull requests run on a machine of your own",
    reason: "In a public repository anybody can send a pull request, and with it code for a machine inside your network.",
    fix: "Run pull requests on GitHub's machines; keep your own for pushes to branches that you control.",
    fires: &[
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: [push, pull_request]\njobs:\n  a:\n    runs-on: [self-hosted, linux]\n",
            )],
        },
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on:\n  pull_request_target:\njobs:\n  a:\n    runs-on: {group: home, labels: self-hosted}\n",
            )],
        },
    ],
    silent: &[
        Example { files: &[(".github/workflows/a.yml", "on: push\njobs:\n  a:\n    runs-on: self-hosted\n")] },
        Example {
            files: &[(".github/workflows/a.yml", "on: pull_request\njobs:\n  a:\n    runs-on: ubuntu-latest\n")],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for workflow in tree.workflows() {
        let Some(trigger) = workflow.triggers.iter().find(|trigger| trigger.text.starts_with("pull_request")) else {
            continue;
        };
        for job in &workflow.jobs {
            if let Some(label) = job.runs_on.iter().find(|label| label.text == "self-hosted") {
                let message = format!("job `{}` runs on your own machine for `{}`", job.id, trigger.text);
                report.add(workflow.location(label.place), message);
            }
        }
    }
}
