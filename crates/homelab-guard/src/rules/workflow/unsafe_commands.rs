//! The switch that lets a log line set variables.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "workflow/unsafe-commands",
    severity: Severity::Error,
    title: "what a step prints can set variables of later steps",
    reason: "With this switch, anybody whose text gets into the log can run code in the next step; GitHub turned it off for that reason.",
    fix: "Remove the variable and write to `$GITHUB_ENV` instead.",
    fires: &[Example {
        files: &[(
            ".github/workflows/a.yml",
            "on: push\njobs:\n  a:\n    env:\n      ACTIONS_ALLOW_UNSECURE_COMMANDS: 'true'\n",
        )],
    }],
    silent: &[Example {
        files: &[(".github/workflows/a.yml", "on: push\nenv:\n  ACTIONS_ALLOW_UNSECURE_COMMANDS: false\njobs: {}\n")],
    }],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for workflow in tree.workflows() {
        let of_jobs = workflow.jobs.iter().flat_map(|job| &job.variables);
        let of_steps = workflow.steps().flat_map(|(_, step)| &step.variables);
        for (name, value) in workflow.variables.iter().chain(of_jobs).chain(of_steps) {
            if name == "ACTIONS_ALLOW_UNSECURE_COMMANDS" && !matches!(value.text.as_str(), "false" | "0" | "") {
                report.add(
                    workflow.location(value.place),
                    "the old commands `set-env` and `add-path` are switched on again",
                );
            }
        }
    }
}
