//! `WORKDIR app`.

use super::stages;
use crate::dockerfile::Kind;
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "docker/relative-workdir",
    severity: Severity::Warning,
    title: "a working folder that depends on the base image",
    reason: "Where it is changes with the working folder of the base image, which nothing here says.",
    fix: "Begin the path with `/`.",
    fires: &[Example { files: &[("Dockerfile", "FROM a:1\nWORKDIR app\nUSER 1\n")] }],
    silent: &[
        Example { files: &[("Dockerfile", "FROM a:1\nWORKDIR /srv\nWORKDIR app\nUSER 1\n")] },
        Example { files: &[("Dockerfile", "FROM a:1 AS base\nWORKDIR /srv\nFROM base\nWORKDIR app\nUSER 1\n")] },
        Example { files: &[("Dockerfile", "FROM a:1\nWORKDIR $HOME/app\nWORKDIR C:\\\\app\nUSER 1\n")] },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for (path, file, stage) in stages(tree) {
        // The first one counts; those behind it build on it.
        let words = stage.instructions.iter().filter_map(|instruction| match &instruction.kind {
            Kind::Workdir(word) if !instruction.on_build => Some(word),
            _ => None,
        });
        let is_on_a_stage = super::base_by_tag::base_image(file, stage).is_none() && stage.base.text != "scratch";
        if let Some(word) = words.into_iter().next().filter(|word| !is_on_a_stage && is_relative(&word.text)) {
            let message = format!("`{}` begins wherever the base image happens to be", word.text);
            report.add(file.location(path, &word.at), message);
        }
    }
}

/// Neither from the top, nor from a variable, nor from a drive.
pub(super) fn is_relative(path: &str) -> bool {
    !path.starts_with(['/', '\\', '$']) && path.as_bytes().get(1) != Some(&b':')
}
