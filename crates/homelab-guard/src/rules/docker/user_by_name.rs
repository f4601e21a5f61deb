//! `USER app` where Kubernetes wants a number.

use super::root_user::{User, user};
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "docker/user-by-name",
    severity: Severity::Warning,
    title: "the user is a name",
    reason: "Under `runAsNonRoot` the kubelet cannot tell whether a name is root, and does not start the container.",
    fix: "Write the number: `USER 65532:65532`.",
    fires: &[
        Example { files: &[("Dockerfile", "FROM debian:13\nUSER app\nCMD [\"/app\"]\n")] },
        Example { files: &[("Dockerfile", "FROM debian:13\nUSER app:1000\nCMD [\"/app\"]\n")] },
    ],
    silent: &[
        Example {
            files: &[(
                "Dockerfile",
                "FROM debian:13 AS build\nUSER app\nFROM debian:13\nUSER 1000:app\nCMD [\"/app\"]\n",
            )],
        },
        Example { files: &[("Dockerfile", "FROM debian:13\nUSER root\nCMD [\"/app\"]\n")] },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for (path, file) in tree.dockerfiles().iter().filter(|(_, file)| !file.stages.is_empty()) {
        if let User::Named(name, at) = user(file, file.stages.len() - 1) {
            let user = name.split(':').next().unwrap_or(&name);
            // Root by name is root, which another rule tells.
            if user != "root" && !user.bytes().all(|byte| byte.is_ascii_digit()) {
                report.add(
                    file.location(path, &at),
                    format!("user `{user}` is a name; Kubernetes can only judge a number"),
                );
            }
        }
    }
}
