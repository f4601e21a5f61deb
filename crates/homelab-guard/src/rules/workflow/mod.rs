//! Workflows: who may run what with which token, and where secrets go.

use std::ops::Range;

use crate::rule::Rule;
use crate::shell::{self, ShellCommand};
use crate::tree::FileTree;
use crate::workflow::{Expression, Job, Step, Text, Workflow};

mod action_not_pinned;
mod permissions_for_all_jobs;
mod permissions_missing;
mod permissions_too_wide;
mod public_cache;
mod script_injection;
mod secret_as_build_argument;
mod secret_in_command;
mod secret_not_needed;
mod secret_typed;
mod secrets_inherited;
mod self_hosted_on_pull_requests;
mod trace_near_secret;
mod unsafe_commands;
mod untrusted_checkout;

/// The rules of this area.
pub const RULES: &[&Rule] = &[
    &action_not_pinned::RULE,
    &permissions_too_wide::RULE,
    &permissions_missing::RULE,
    &permissions_for_all_jobs::RULE,
    &untrusted_checkout::RULE,
    &script_injection::RULE,
    &secret_typed::RULE,
    &secret_in_command::RULE,
    &secret_as_build_argument::RULE,
    &trace_near_secret::RULE,
    &secrets_inherited::RULE,
    &unsafe_commands::RULE,
    &public_cache::RULE,
    &self_hosted_on_pull_requests::RULE,
    &secret_not_needed::RULE,
];

/// One step and everything around it.
struct At<'tree> {
    workflow: &'tree Workflow,
    job: &'tree Job,
    step: &'tree Step,
}

/// Every step of every workflow.
fn steps(tree: &FileTree) -> impl Iterator<Item = At<'_>> {
    let workflows = tree.workflows().iter();
    workflows.flat_map(|workflow| workflow.steps().map(move |(job, step)| At { workflow, job, step }))
}

/// The commands of a step's script, with the script.
fn scripted<'tree>(at: &At<'tree>) -> impl Iterator<Item = (&'tree Text, ShellCommand)> + use<'tree> {
    let run = at.step.run.as_ref();
    run.into_iter().flat_map(|run| shell::commands(&run.text).into_iter().map(move |command| (run, command)))
}

impl At<'_> {
    /// The variables of the step that hold a secret of the repository.
    fn secret_variables(&self) -> Vec<&str> {
        let all = self.step.variables.iter().chain(&self.job.variables).chain(&self.workflow.variables);
        let secret = all.filter(|(_, value)| expressions(&value.text).any(|found| !found.secrets().is_empty()));
        secret.map(|(name, _)| name.as_str()).collect()
    }

    /// The first secret that a command names, itself or through a variable, and where.
    fn secret_in(&self, command: &ShellCommand) -> Option<(String, Range<usize>)> {
        let variables = self.secret_variables();
        command.words.iter().find_map(|word| {
            let named = expressions(&word.text).find_map(|found| found.secrets().into_iter().next());
            let by_variable = || {
                let mut used = shell::variables(&word.text).filter(|_| !word.is_literal);
                used.find(|name| variables.contains(name)).map(str::to_owned)
            };
            Some((named.or_else(by_variable)?, word.at.clone()))
        })
    }
}

fn expressions(text: &str) -> impl Iterator<Item = Expression<'_>> {
    crate::workflow::expressions(text)
}
