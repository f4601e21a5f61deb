//! `set -x` where secrets are about.

use super::{expressions, scripted, steps};
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::shell::ShellCommand;
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "workflow/trace-near-secret",
    severity: Severity::Error,
    title: "a script with secrets prints every command",
    reason: "`set -x` writes each command into the log with its variables filled in.",
    fix: "Remove it, or switch it off (`set +x`) in a step of its own that holds the secret.",
    fires: &[
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: push\njobs:\n  a:\n    steps:\n      - env: {T: '${{ secrets.T }}'}\n        run: |\n          set -eux\n          ./deploy\n",
            )],
        },
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: push\njobs:\n  a:\n    steps:\n      - run: |\n          set -o xtrace\n          ./deploy ${{ secrets.T }}\n",
            )],
        },
    ],
    silent: &[Example {
        files: &[(
            ".github/workflows/a.yml",
            "on: push\njobs:\n  a:\n    steps:\n      - run: set -ex && make\n      - env: {T: '${{ secrets.T }}'}\n        run: set -eu && ./deploy\n",
        )],
    }],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for at in steps(tree) {
        let in_script =
            at.step.run.iter().flat_map(|run| expressions(&run.text)).any(|found| !found.secrets().is_empty());
        if !in_script && at.secret_variables().is_empty() {
            continue;
        }
        for (run, command) in scripted(&at).filter(|(_, command)| traces(command)) {
            let place = run.place_of(&command.at());
            report.add(at.workflow.location(place), "the log shows every command of a step that holds a secret");
        }
    }
}

fn traces(command: &ShellCommand) -> bool {
    let is_shell = matches!(command.program(), "set" | "bash" | "sh");
    let has_flag = command.arguments().iter().any(|word| {
        let flags = word.text.strip_prefix('-').filter(|flags| !flags.starts_with('-'));
        flags.is_some_and(|flags| flags.contains('x') && flags.bytes().all(|byte| byte.is_ascii_lowercase()))
    });
    is_shell && (has_flag || command.has("xtrace"))
}
