//! `pull_request_target` that runs the code of the pull request.

use super::{expressions, scripted, steps};
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "workflow/untrusted-checkout",
    severity: Severity::Error,
    title: "a stranger's code runs with the repository's secrets",
    reason: "`pull_request_target` and `workflow_run` run with all secrets; the code of a pull request is written by anybody.",
    fix: "Use `pull_request`, which has no secrets, for everything that builds or tests what was sent.",
    fires: &[
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: pull_request_target\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v6\n        with:\n          ref: ${{ github.event.pull_request.head.sha }}\n",
            )],
        },
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: [workflow_run]\njobs:\n  a:\n    steps:\n      - run: gh pr checkout 1 && make\n",
            )],
        },
    ],
    silent: &[
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: pull_request\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v6\n        with:\n          ref: ${{ github.event.pull_request.head.sha }}\n",
            )],
        },
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: pull_request_target\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v6\n      - uses: actions/labeler@v6\n",
            )],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for at in steps(tree) {
        let event = ["pull_request_target", "workflow_run"].into_iter().find(|event| at.workflow.is_started_by(event));
        let Some(event) = event else { continue };
        let message = format!("code of whoever sent the change is checked out under `{event}`");
        if at.step.uses_action("actions/checkout") {
            let inputs = ["ref", "repository"].iter().filter_map(|name| at.step.input(name));
            if let Some(input) = inputs.into_iter().find(|input| is_of_the_sender(&input.text)) {
                report.add(at.workflow.location(input.place), message.as_str());
            }
        }
        for (run, command) in scripted(&at) {
            let is_checkout = (command.program() == "gh" && command.has("pr") && command.has("checkout"))
                || (command.program() == "git"
                    && command.words.iter().any(|word| is_of_the_sender(&word.text) || word.text.contains("pull/")));
            if is_checkout {
                report.add(at.workflow.location(run.place_of(&command.at())), message.as_str());
            }
        }
    }
}

fn is_of_the_sender(text: &str) -> bool {
    const SENDERS: &[&str] = &["github.event.pull_request.head.", "github.event.workflow_run.head", "github.head_ref"];
    let paths = expressions(text).flat_map(|expression| expression.paths());
    paths.into_iter().any(|path| SENDERS.iter().any(|sender| path.starts_with(sender))) || text.contains("refs/pull/")
}
