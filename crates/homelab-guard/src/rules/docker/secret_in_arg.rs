//! Secrets as defaults of build arguments.

use super::instructions;
use crate::dockerfile::{Kind, Pair};
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::secret_names::gives_away;
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "docker/secret-in-arg",
    severity: Severity::Error,
    title: "a secret as the default of ARG",
    reason: "The default stands in the repository, and in the history of every image that is built with it.",
    fix: "Remove the default. What the build really needs comes by `RUN --mount=type=secret`.",
    fires: &[
        Example { files: &[("Dockerfile", "FROM a:1\nARG JWT_SIGNING_KEY=hun‖ter2xhun‖ter2x\nUSER 1\n")] },
        Example {
            files: &[("Dockerfile", "ARG REGISTRY=https://bot:hun‖ter2x@registry.example.org\nFROM a:1\nUSER 1\n")],
        },
    ],
    silent: &[
        Example {
            files: &[("Dockerfile", "ARG RUST_VERSION=1.95\nFROM rust:$RUST_VERSION\nARG DB_PASS=changeme\nUSER 1\n")],
        },
        Example { files: &[("Dockerfile", "FROM a:1\nARG CACHE_KEY=v3 TOKEN_TTL=3600\nUSER 1\n")] },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    let is_secret = |pair: &&Pair| pair.value.as_deref().is_some_and(|value| gives_away(&pair.name, value));
    let message = |pair: &Pair| format!("`ARG {}` has a secret as its default", pair.name);
    for (path, file) in tree.dockerfiles() {
        for pair in file.global_arguments.iter().filter(is_secret) {
            report.add(file.location(path, &pair.at), message(pair));
        }
    }
    for place in instructions(tree) {
        let Kind::Arg(pairs) = &place.instruction.kind else { continue };
        for pair in pairs.iter().filter(is_secret) {
            report.add(place.file.location(place.path, &pair.at), message(pair));
        }
    }
}
