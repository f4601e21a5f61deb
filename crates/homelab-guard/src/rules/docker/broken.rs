//! A Dockerfile that no build gets through.

use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "docker/broken",
    severity: Severity::Error,
    title: "a Dockerfile that cannot be read",
    reason: "A build stops here, and no other rule can vouch for the line.",
    fix: "Mend the line that is named.",
    fires: &[
        Example { files: &[("Dockerfile", "FROM rust:1.95\nRNU cargo build\n")] },
        Example { files: &[("Dockerfile", "RUN true\n")] },
        Example { files: &[("Dockerfile", "FROM a:1 AS x\nFROM b:1 AS x\n")] },
    ],
    silent: &[
        Example {
            files: &[("Dockerfile", "FROM rust:1.95\nRUN cat <<EOF > /a && echo b\nnot an instruction\nEOF\nUSER 1\n")],
        },
        Example { files: &[("docs/Dockerfile.md", "RNU\n")] },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for (path, file) in tree.dockerfiles() {
        // The first one is told; the rest often follows from it.
        if let Some(problem) = file.problems.first() {
            report.add(file.location(path, &problem.at), format!("this Dockerfile is broken: {}", problem.message));
        }
    }
}
