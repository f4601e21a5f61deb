//! `--from` and `FROM` that lead to no stage.

use super::stages;
use crate::dockerfile::{Dockerfile, Kind, Stage};
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "docker/unknown-stage",
    severity: Severity::Error,
    title: "a stage that does not exist yet",
    reason: "A stage sees only those before it. Any other name is looked up in a registry, where somebody else may answer.",
    fix: "Name an earlier stage, or a full image reference with its registry.",
    fires: &[
        Example { files: &[("Dockerfile", "FROM a:1 AS build\nCOPY --from=build /x /x\nUSER 1\n")] },
        Example { files: &[("Dockerfile", "FROM a:1\nCOPY --from=later /x /x\nFROM b:1 AS later\nUSER 1\n")] },
        Example { files: &[("Dockerfile", "FROM a:1\nCOPY --from=3 /x /x\nUSER 1\n")] },
        Example { files: &[("Dockerfile", "FROM later\nFROM b:1 AS later\nUSER 1\n")] },
    ],
    silent: &[
        Example {
            files: &[(
                "Dockerfile",
                "FROM a:1 AS build\nFROM b:1\nCOPY --from=build /x /x\nCOPY --from=0 /y /y\nUSER 1\n",
            )],
        },
        Example { files: &[("Dockerfile", "FROM golang AS golang\nFROM b:1\nCOPY --from=golang /x /x\nUSER 1\n")] },
        Example {
            files: &[(
                "Dockerfile",
                "FROM a:1\nCOPY --from=ghcr.io/o/tool:1 /x /x\nCOPY --from=$STAGE /y /y\nUSER 1\n",
            )],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for (path, file, stage) in stages(tree) {
        let number = file.stages.iter().take_while(|earlier| earlier.at.start < stage.at.start).count();
        // `FROM golang AS golang` is an image that gives its name to the stage.
        let is_own_name = stage.name.as_ref().is_some_and(|name| name.text.eq_ignore_ascii_case(&stage.base.text));
        if let Some(what) = wrong(file, number, &stage.base.text, false).filter(|_| !is_own_name) {
            report.add(file.location(path, &stage.base.at), what);
        }
        for instruction in &stage.instructions {
            let Kind::Copy(transfer) = &instruction.kind else { continue };
            let Some(from) = &transfer.from else { continue };
            if let Some(what) = wrong(file, number, from, true) {
                let flag = instruction.flags.iter().find(|flag| flag.name == "from");
                report.add(file.location(path, flag.map_or(&instruction.at, |flag| &flag.at)), what);
            }
        }
    }
}

/// What is wrong with a reference made in the stage of this number.
fn wrong(file: &Dockerfile, number: usize, name: &str, may_be_number: bool) -> Option<String> {
    if may_be_number && let Ok(referred) = name.parse::<usize>() {
        return (referred >= number)
            .then(|| format!("stage {referred} is not before this one, which is number {number}"));
    }
    let is_called = |stage: &Stage| stage.name.as_ref().is_some_and(|word| word.text.eq_ignore_ascii_case(name));
    if file.stages[..number].iter().any(is_called) {
        return None;
    }
    let later = file.stages[number..].iter().position(is_called)?;
    Some(if later == 0 {
        format!("stage `{name}` refers to itself")
    } else {
        format!("stage `{name}` begins only further down")
    })
}
