//! Base images by tag alone.

use super::base_by_tag::base_image;
use super::stages;
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "docker/base-without-digest",
    severity: Severity::Note,
    title: "a base image without a digest",
    reason: "A tag can be moved to another image; a digest cannot.",
    fix: "Add `@sha256:…` behind the tag, and let a bot raise both.",
    fires: &[Example { files: &[("Dockerfile", "FROM debian:13-slim\nUSER 1\n")] }],
    silent: &[
        Example {
            files: &[(
                "Dockerfile",
                "FROM debian:13@sha256:0123456789012345678901234567890123456789012345678901234567890123\nUSER 1\n",
            )],
        },
        Example { files: &[("Dockerfile", "FROM scratch\n")] },
        // A missing version is told by another rule.
        Example { files: &[("Dockerfile", "FROM debian\nUSER 1\n")] },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for (path, file, stage) in stages(tree) {
        let Some(base) = base_image(file, stage).filter(|base| !base.has_digest) else { continue };
        if let Some(tag) = base.tag.filter(|tag| tag != "latest") {
            report.add(file.location(path, &stage.base.at), format!("`{}:{tag}` is pinned by tag only", base.name));
        }
    }
}
