//! `COPY --from=build / /`.

use super::instructions;
use crate::dockerfile::Kind;
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "docker/whole-stage-copied",
    severity: Severity::Warning,
    title: "the whole file system of a stage is copied",
    reason: "Compilers, caches, sources and whatever secrets the build left behind come along.",
    fix: "Name what the program needs: `COPY --from=build /app/yomu /usr/bin/yomu`.",
    fires: &[Example { files: &[("Dockerfile", "FROM a:1 AS build\nFROM scratch\nCOPY --from=build / /\n")] }],
    silent: &[
        Example { files: &[("Dockerfile", "FROM a:1 AS build\nFROM scratch\nCOPY --from=build /out/ /\n")] },
        Example { files: &[("Dockerfile", "FROM a:1\nCOPY / /app/\nUSER 1\n"), (".dockerignore", "*\n")] },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for place in instructions(tree) {
        let Kind::Copy(transfer) = &place.instruction.kind else { continue };
        let Some(from) = &transfer.from else { continue };
        for source in transfer.sources.iter().filter(|source| matches!(source.text.as_str(), "/" | "/." | "/*" | "//"))
        {
            report.add(place.file.location(place.path, &source.at), format!("everything in `{from}` comes along"));
        }
    }
}
