//! `ADD` from the network without a checksum.

use super::instructions;
use crate::context::is_remote;
use crate::dockerfile::Kind;
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "docker/add-unverified",
    severity: Severity::Warning,
    title: "ADD from the network without a checksum",
    reason: "Whoever controls the address decides what is in the image.",
    fix: "Add `--checksum=sha256:…`; for a git repository, a commit behind `#`.",
    fires: &[
        Example { files: &[("Dockerfile", "FROM a:1\nADD https://example.org/tool /usr/bin/tool\nUSER 1\n")] },
        Example { files: &[("Dockerfile", "FROM a:1\nADD https://github.com/o/r.git /src\nUSER 1\n")] },
    ],
    silent: &[
        Example {
            files: &[(
                "Dockerfile",
                "FROM a:1\nADD --checksum=sha256:00 https://example.org/tool /usr/bin/tool\nUSER 1\n",
            )],
        },
        Example {
            files: &[(
                "Dockerfile",
                "FROM a:1\nADD https://github.com/o/r.git#1f0c2c1a /src\nADD rootfs.tar /\nUSER 1\n",
            )],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for place in instructions(tree) {
        let Kind::Add(transfer) = &place.instruction.kind else { continue };
        if place.instruction.flag("checksum").is_some() {
            continue;
        }
        for source in transfer.sources.iter().filter(|source| is_remote(&source.text)) {
            let is_pinned =
                source.text.contains(".git#") || (source.text.starts_with("git@") && source.text.contains('#'));
            if !is_pinned {
                report.add(place.file.location(place.path, &source.at), "nothing says what this address has to give");
            }
        }
    }
}
