//! Titles, bodies and branch names put into a script.

use super::{expressions, steps};
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "workflow/script-injection",
    severity: Severity::Error,
    title: "text that anybody can write becomes part of a script",
    reason: "The expression is replaced before the shell reads the script: a title of `\"; curl …` is a command.",
    fix: "Give it to the script as a variable: `env: {TITLE: ${{ … }}}`, and `\"$TITLE\"` in the script.",
    fires: &[
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: issues\njobs:\n  a:\n    steps:\n      - run: |\n          date\n          echo \"${{ github.event.issue.title }}\"\n",
            )],
        },
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: push\njobs:\n  a:\n    steps:\n      - run: git log ${{ github.head_ref }}\n",
            )],
        },
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: push\njobs:\n  a:\n    steps:\n      - uses: actions/github-script@v8\n        with:\n          script: console.log(`${{ github.event.head_commit.message }}`)\n",
            )],
        },
    ],
    silent: &[
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: issues\njobs:\n  a:\n    steps:\n      - env:\n          TITLE: ${{ github.event.issue.title }}\n        run: echo \"$TITLE\"\n",
            )],
        },
        Example {
            files: &[(
                ".github/workflows/a.yml",
                "on: push\njobs:\n  a:\n    steps:\n      - run: echo ${{ github.sha }} ${{ github.event.issue.number }} ${{ matrix.os }}\n",
            )],
        },
    ],
    check: Check::Tree(check),
};

/// How the paths end that anybody can write to.
const WRITABLE: &[&str] = &[
    ".title",
    ".body",
    ".message",
    ".page_name",
    ".email",
    ".author.name",
    ".committer.name",
    ".head.ref",
    ".head.label",
    ".head_branch",
    ".default_branch",
    ".head_ref",
    ".display_title",
];

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for at in steps(tree) {
        let script = at.step.input("script").filter(|_| at.step.uses_action("actions/github-script"));
        for text in at.step.run.iter().chain(script) {
            for expression in expressions(&text.text) {
                let Some(path) = expression.paths().into_iter().find(|path| is_writable(path)) else { continue };
                report.add(
                    at.workflow.location(text.place_of(&expression.at)),
                    format!("`{path}` is written by anybody and becomes code here"),
                );
            }
        }
    }
}

fn is_writable(path: &str) -> bool {
    let is_event = path.starts_with("github.event.") || path == "github.head_ref";
    is_event && WRITABLE.iter().any(|ending| path.ends_with(ending))
}
