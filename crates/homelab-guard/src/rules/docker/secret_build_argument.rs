//! Build arguments that are meant to carry a secret.

use super::instructions;
use crate::dockerfile::{Kind, Pair};
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::secret_names::{Named, gives_away, named};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "docker/secret-build-argument",
    severity: Severity::Warning,
    title: "a build argument for a secret",
    reason: "The values of build arguments stay in the image's history and in the attestations that are pushed beside it.",
    fix: "Use `RUN --mount=type=secret,id=…`: the value is there for one command and in no layer.",
    fires: &[
        Example { files: &[("Dockerfile", "FROM a:1\nARG NPM_TOKEN\nUSER 1\n")] },
        Example { files: &[("Dockerfile", "ARG GITHUB_TOKEN\nFROM a:1\nUSER 1\n")] },
        Example { files: &[("Dockerfile", "FROM a:1\nARG VERSION DB_PASSWORD=\nUSER 1\n")] },
    ],
    silent: &[
        Example { files: &[("Dockerfile", "FROM a:1\nARG VERSION TARGETPLATFORM MONKEY\nUSER 1\n")] },
        Example {
            files: &[(
                "Dockerfile",
                "FROM a:1\nARG PUBLIC_KEY TOKEN_FILE\nRUN --mount=type=secret,id=npm_token npm ci\nUSER 1\n",
            )],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    // One with a real value is the business of `docker/secret-in-arg`.
    let is_meant = |pair: &&Pair| {
        named(&pair.name) != Named::Other && !pair.value.as_deref().is_some_and(|value| gives_away(&pair.name, value))
    };
    let message = |pair: &Pair| format!("build argument `{}` would stay in the image's history", pair.name);
    for (path, file) in tree.dockerfiles() {
        for pair in file.global_arguments.iter().filter(is_meant) {
            report.add(file.location(path, &pair.at), message(pair));
        }
    }
    for place in instructions(tree) {
        let Kind::Arg(pairs) = &place.instruction.kind else { continue };
        for pair in pairs.iter().filter(is_meant) {
            report.add(place.file.location(place.path, &pair.at), message(pair));
        }
    }
}
