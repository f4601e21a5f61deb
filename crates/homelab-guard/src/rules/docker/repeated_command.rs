//! Two `CMD`s in one stage.

use super::stages;
use crate::dockerfile::{Instruction, Kind};
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "docker/repeated-command",
    severity: Severity::Warning,
    title: "a command that a later one replaces",
    reason: "Only the last `CMD` and the last `ENTRYPOINT` of a stage count; whoever wrote the first one meant something else.",
    fix: "Remove the one that is not meant.",
    fires: &[Example { files: &[("Dockerfile", "FROM a:1\nUSER 1\nCMD [\"a\"]\nCMD [\"b\"]\n")] }],
    silent: &[
        Example {
            files: &[("Dockerfile", "FROM a:1 AS x\nCMD [\"a\"]\nFROM a:1\nUSER 1\nENTRYPOINT [\"b\"]\nCMD [\"c\"]\n")],
        },
        Example { files: &[("Dockerfile", "FROM a:1\nUSER 1\nONBUILD CMD [\"a\"]\nCMD [\"b\"]\n")] },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for (path, file, stage) in stages(tree) {
        for (keyword, is_kind) in KINDS {
            let all: Vec<_> = stage.instructions.iter().filter(|one| !one.on_build && is_kind(one)).collect();
            for replaced in all.iter().rev().skip(1).rev() {
                report.add(file.location(path, &replaced.at), format!("this `{keyword}` is replaced by a later one"));
            }
        }
    }
}

/// A keyword, and whether an instruction is one of it.
type KeywordTest = (&'static str, fn(&Instruction) -> bool);

const KINDS: [KeywordTest; 2] = [
    ("CMD", |instruction| matches!(instruction.kind, Kind::Cmd(_))),
    ("ENTRYPOINT", |instruction| matches!(instruction.kind, Kind::Entrypoint(_))),
];
