//! `COPY x .` without a `WORKDIR`.

use super::relative_workdir::is_relative;
use super::stages;
use crate::dockerfile::Kind;
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "docker/relative-target",
    severity: Severity::Warning,
    title: "files are copied to wherever the base image happens to be",
    reason: "Without a `WORKDIR` the target depends on the base image, and an update of it moves the files.",
    fix: "Set `WORKDIR` first, or write the whole path.",
    fires: &[Example { files: &[("Dockerfile", "FROM a:1\nCOPY yomu bin/\nUSER 1\n")] }],
    silent: &[
        Example { files: &[("Dockerfile", "FROM a:1\nWORKDIR /app\nCOPY yomu bin/\nUSER 1\n")] },
        Example { files: &[("Dockerfile", "FROM a:1\nCOPY yomu /bin/\nCOPY x $TARGET\nUSER 1\n")] },
        Example { files: &[("Dockerfile", "FROM a:1 AS base\nWORKDIR /app\nFROM base\nCOPY yomu .\nUSER 1\n")] },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for (path, file, stage) in stages(tree) {
        if super::base_by_tag::base_image(file, stage).is_none() && stage.base.text != "scratch" {
            continue;
        }
        let before_workdir =
            stage.instructions.iter().take_while(|instruction| !matches!(instruction.kind, Kind::Workdir(_)));
        for instruction in before_workdir {
            let (Kind::Copy(transfer) | Kind::Add(transfer)) = &instruction.kind else { continue };
            if is_relative(&transfer.target.text) {
                let message =
                    format!("target `{}` is relative, and no `WORKDIR` stands before it", transfer.target.text);
                report.add(file.location(path, &transfer.target.at), message);
            }
        }
    }
}
