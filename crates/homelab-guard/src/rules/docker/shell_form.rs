//! `CMD` and `ENTRYPOINT` through a shell.

use crate::dockerfile::{Command, Kind};
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "docker/shell-form",
    severity: Severity::Warning,
    title: "the program is started by a shell",
    reason: "The shell gets the signals and does not pass them on: each stop takes the full grace period, then work is lost.",
    fix: "Write the list form: `CMD [\"/usr/bin/yomu\", \"serve\"]`.",
    fires: &[
        Example { files: &[("Dockerfile", "FROM a:1\nUSER 1\nCMD /app --serve\n")] },
        Example { files: &[("Dockerfile", "FROM a:1\nUSER 1\nENTRYPOINT ['/app']\n")] },
    ],
    silent: &[
        Example { files: &[("Dockerfile", "FROM a:1\nUSER 1\nENTRYPOINT [\"/app\"]\nCMD [\"--serve\"]\n")] },
        Example { files: &[("Dockerfile", "FROM a:1\nUSER 1\nCMD exec /app --port $PORT\n")] },
        Example { files: &[("Dockerfile", "FROM a:1 AS build\nCMD make\nFROM a:1\nUSER 1\nCMD []\n")] },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    // Only what the image runs counts; commands of stages below are often left-overs.
    for (path, file) in tree.dockerfiles() {
        for instruction in file.stages.last().map_or(&[] as &[_], |stage| stage.instructions.as_slice()) {
            let (keyword, command) = match &instruction.kind {
                Kind::Cmd(command) => ("CMD", command),
                Kind::Entrypoint(command) => ("ENTRYPOINT", command),
                _ => continue,
            };
            let Command::Shell(text) = command else { continue };
            if !text.text.trim_start().starts_with("exec ") && !text.text.trim().is_empty() {
                report.add(
                    file.location(path, &instruction.at),
                    format!("`{keyword}` starts a shell that keeps the signals"),
                );
            }
        }
    }
}
