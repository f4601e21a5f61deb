//! `ADD` of plain files.

use super::instructions;
use crate::context::is_remote;
use crate::dockerfile::Kind;
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "docker/add-where-copy-is-meant",
    severity: Severity::Warning,
    title: "ADD of a file that COPY would take",
    reason: "`ADD` unpacks archives and follows addresses; for files it does what `COPY` does, and the reader has to guess which is meant.",
    fix: "Write `COPY`.",
    fires: &[Example { files: &[("Dockerfile", "FROM a:1\nADD src /app/src\nUSER 1\n")] }],
    silent: &[
        Example { files: &[("Dockerfile", "FROM a:1\nADD rootfs.tar.gz /\nCOPY src /app/src\nUSER 1\n")] },
        Example {
            files: &[(
                "Dockerfile",
                "FROM a:1\nADD --checksum=sha256:00 https://example.org/a.bin /a\nADD $FILE /b\nUSER 1\n",
            )],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for place in instructions(tree) {
        let Kind::Add(transfer) = &place.instruction.kind else { continue };
        let is_plain = |source: &str| !is_remote(source) && !source.contains('$') && !is_archive(source);
        if !transfer.sources.is_empty() && transfer.sources.iter().all(|source| is_plain(&source.text)) {
            report.add(place.file.location(place.path, &place.instruction.at), "`COPY` does the same and nothing more");
        }
    }
}

/// What `ADD` unpacks.
fn is_archive(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    [".tar", ".tgz", ".tbz", ".tbz2", ".txz", ".tzst", ".gz", ".bz2", ".xz", ".zst"]
        .iter()
        .any(|ending| path.ends_with(ending))
}
