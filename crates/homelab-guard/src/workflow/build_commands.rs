//! Steps that build images: docker's action, and `docker build` typed into a script.

use super::{Step, Text, Workflow};
use crate::shell::{self, ShellCommand};

/// One build: which Dockerfile with which context, as paths from the top of the repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Build {
    /// The folder; empty for the top.
    pub context: String,
    /// The Dockerfile, where it is named.
    pub file: Option<String>,
    /// The line of the step.
    pub line: u32,
}

/// The builds of a workflow. Those of other repositories and those whose paths are expressions are left out.
pub fn builds(workflow: &Workflow) -> Vec<Build> {
    workflow.steps().flat_map(|(_, step)| by_action(step).into_iter().chain(by_script(step))).collect()
}

fn by_action(step: &Step) -> Option<Build> {
    if !step.uses_action("docker/build-push-action") {
        return None;
    }
    // Without a context the action builds from the commit itself: the same files, but for those that git does not have.
    let context = step.input("context").map_or(".", |text| text.text.trim());
    let context = context.strip_prefix("{{defaultContext}}").map_or(context, |folder| folder.trim_start_matches(':'));
    let file = step.input("file").map(|text| text.text.trim().to_owned());
    let build =
        Build { context: local(context)?, file: file.clone().and_then(|file| local(&file)), line: step.place.line };
    (file.is_some() == build.file.is_some()).then_some(build)
}

fn by_script(step: &Step) -> Vec<Build> {
    let Some(run) = &step.run else { return Vec::new() };
    let folder = step.working_directory.as_deref().unwrap_or("");
    let commands = shell::commands(&run.text).into_iter();
    commands.filter_map(|command| by_command(&command, run, folder)).collect()
}

fn by_command(command: &ShellCommand, run: &Text, folder: &str) -> Option<Build> {
    const WITHOUT_VALUE: &[&str] = &[
        "--push",
        "--load",
        "--pull",
        "--no-cache",
        "-q",
        "--quiet",
        "--rm",
        "--squash",
        "-D",
        "--debug",
        "--force-rm",
    ];
    let words: Vec<&str> = command.arguments().iter().map(|word| word.text.as_str()).collect();
    let arguments = match (command.program(), words.as_slice()) {
        ("docker" | "podman", ["buildx" | "image", "build", rest @ ..] | ["build", rest @ ..]) => rest,
        ("buildah", ["bud" | "build", rest @ ..]) => rest,
        _ => return None,
    };
    let (mut context, mut file) = (None, None);
    let mut rest = arguments.iter();
    while let Some(word) = rest.next() {
        match word.split_once('=') {
            Some(("--file", value)) => file = Some(value),
            _ if matches!(*word, "-f" | "--file") => file = rest.next().copied(),
            _ if !word.starts_with('-') => context = Some(*word),
            Some(_) => {}
            None if !WITHOUT_VALUE.contains(word) => {
                rest.next();
            }
            None => {}
        }
    }
    let under = |path: &str| local(&format!("{folder}/{path}"));
    let build_file = match file {
        Some(file) => Some(under(file)?),
        None => None,
    };
    let line = run.place_of(&command.at()).line;
    Some(Build { context: under(context.filter(|context| local(context).is_some())?)?, file: build_file, line })
}

/// A path within the repository, cleaned; `None` for addresses, expressions, variables and what lies outside.
pub(crate) fn local(path: &str) -> Option<String> {
    if path.contains("://") || path.contains('$') || path.starts_with("git@") || path == "-" {
        return None;
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
