//! Images that run as root.

use std::ops::Range;

use crate::dockerfile::{Dockerfile, Kind, Stage, Variables};
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "docker/root-user",
    severity: Severity::Error,
    title: "the image runs as root",
    reason: "Whoever breaks out of the program is root in the container, and Kubernetes refuses the image under `runAsNonRoot`.",
    fix: "End the last stage with `USER 65532:65532` or another number above 0.",
    fires: &[
        Example { files: &[("Dockerfile", "FROM debian:13\nCMD [\"/app\"]\n")] },
        Example { files: &[("Dockerfile", "FROM debian:13\nUSER 1000\nUSER root\nCMD [\"/app\"]\n")] },
        Example { files: &[("Dockerfile", "FROM debian:13 AS base\nUSER 0:0\nFROM base\nCMD [\"/app\"]\n")] },
    ],
    silent: &[
        Example { files: &[("Dockerfile", "FROM debian:13\nUSER 65532:65532\nCMD [\"/app\"]\n")] },
        Example { files: &[("Dockerfile", "FROM debian:13 AS base\nUSER 1000\nFROM base\nCMD [\"/app\"]\n")] },
        Example { files: &[("Dockerfile", "FROM gcr.io/distroless/static-debian13:nonroot\nCMD [\"/app\"]\n")] },
        Example {
            files: &[("Dockerfile", "FROM rust:1.95 AS build\nRUN make\nFROM scratch\nCOPY --from=build /out /\n")],
        },
        Example { files: &[("Dockerfile", "FROM debian:13\nARG UID=1000\nUSER $UID\nCMD [\"/app\"]\n")] },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for (path, file) in tree.dockerfiles() {
        let Some(last) = file.stages.last() else { continue };
        match user(file, file.stages.len() - 1) {
            User::Named(name, at) if is_root(&name) => {
                report.add(file.location(path, &at), format!("the image runs as `{name}`"));
            }
            User::OfBase(base) if !is_known_to_drop_root(&base) && runs_something(last, &base) => {
                let message =
                    format!("no `USER` is set, so that the image runs as `{base}` does: as root, most likely");
                report.add(file.location(path, &last.at), message);
            }
            _ => {}
        }
    }
}

/// Who an image runs as.
pub(super) enum User {
    /// What the last `USER` says, with variables replaced.
    Named(String, Range<usize>),
    /// Whoever the base image runs as.
    OfBase(String),
    /// A variable decides.
    Unknown,
}

/// Who the stage with this number runs as, through the stages below it.
pub(super) fn user(file: &Dockerfile, number: usize) -> User {
    let mut global = Variables::default();
    global.declare(&file.global_arguments, None);
    let mut number = number;
    loop {
        let stage = &file.stages[number];
        let mut variables = Variables::default();
        let mut found = None;
        for instruction in stage.instructions.iter().filter(|instruction| !instruction.on_build) {
            match &instruction.kind {
                Kind::Arg(pairs) | Kind::Env(pairs) => variables.declare(pairs, Some(&global)),
                Kind::User(word) => found = Some((variables.expand(&word.text), word.at.clone())),
                _ => {}
            }
        }
        match found {
            Some((Some(name), at)) => return User::Named(name, at),
            Some((None, _)) => return User::Unknown,
            None => {}
        }
        let Some(base) = global.expand(&stage.base.text) else { return User::Unknown };
        // Stages below have smaller numbers, so that this ends.
        match file.stages[..number].iter().rposition(|earlier| is_called(earlier, &base)) {
            Some(earlier) => number = earlier,
            None => return User::OfBase(base),
        }
    }
}

fn is_called(stage: &Stage, name: &str) -> bool {
    stage.name.as_ref().is_some_and(|word| word.text.eq_ignore_ascii_case(name))
}

fn is_root(user: &str) -> bool {
    let name = user.split(':').next().unwrap_or(user).trim();
    name == "root" || name.trim_start_matches('0').is_empty()
}

/// Images that say in their name that they run as somebody else.
fn is_known_to_drop_root(base: &str) -> bool {
    ["nonroot", "rootless", "unprivileged"].iter().any(|word| base.contains(word))
        || base.starts_with("cgr.dev/chainguard/")
}

/// An empty base without a command carries files for another build and runs nothing.
fn runs_something(stage: &Stage, base: &str) -> bool {
    let has_command =
        stage.instructions.iter().any(|instruction| matches!(instruction.kind, Kind::Cmd(_) | Kind::Entrypoint(_)));
    base != "scratch" || has_command
}
