//! Secrets that a step prints or sends.

use super::{scripted, steps};
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::shell::ShellCommand;
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "workflow/secret-in-command",
    severity: Severity::Error,
    title: "a secret is printed or put into a command line",
    reason: "Logs of public repositories are public; GitHub hides the exact value only, not a part of it or an encoded form. What stands in a command line is seen by every process of the runner.",
    fix: "Pipe it: `printf %s \"$TOKEN\" | tool --password-stdin`; or let the tool read the variable itself.",
    fires: &[
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: push\njobs:\n  a:\n    steps:\n      - run: echo ${{ secrets.API_TOKEN }}\n",
            )],
        },
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: push\njobs:\n  a:\n    steps:\n      - env: {T: '${{ secrets.API_TOKEN }}'}\n        run: |\n          make\n          echo \"$T\" > token\n",
            )],
        },
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: push\njobs:\n  a:\n    steps:\n      - run: \"curl -H 'X-Key: ${{ secrets.API_TOKEN }}' https://example.org\"\n",
            )],
        },
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: push\njobs:\n  a:\n    steps:\n      - run: docker login -u me -p ${{ secrets.API_TOKEN }} ghcr.io\n",
            )],
        },
    ],
    silent: &[
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: push\njobs:\n  a:\n    steps:\n      - run: echo ${{ secrets.GITHUB_TOKEN }} | docker login ghcr.io -u me --password-stdin\n",
            )],
        },
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: push\njobs:\n  a:\n    steps:\n      - env: {T: '${{ secrets.API_TOKEN }}'}\n        run: ./deploy && echo done\n",
            )],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for at in steps(tree) {
        for (run, command) in scripted(&at) {
            if !shows(&command) {
                continue;
            }
            if let Some((name, place)) = at.secret_in(&command) {
                let message = format!("secret `{name}` is given away by `{}`", command.program());
                report.add(at.workflow.location(run.place_of(&place)), message);
            }
        }
    }
}

/// Whether a command prints its arguments, or hands them to a network in the open.
fn shows(command: &ShellCommand) -> bool {
    match command.program() {
        "echo" | "printf" => !command.is_piped,
        "curl" | "wget" | "nc" | "ncat" | "netcat" => true,
        _ => command.has("login") && (command.has("-p") || command.has("--password")),
    }
}
