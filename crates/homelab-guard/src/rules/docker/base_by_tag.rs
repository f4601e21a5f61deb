//! Base images without a version.

use super::stages;
use crate::dockerfile::{Dockerfile, Stage, Variables};
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "docker/base-without-version",
    severity: Severity::Error,
    title: "a base image without a version",
    reason: "What is built today is not what is built tomorrow, and nothing in git says so.",
    fix: "Name a version: `debian:13-slim`; with a digest behind it the build is the same for ever.",
    fires: &[
        Example { files: &[("Dockerfile", "FROM debian\nUSER 1\n")] },
        Example {
            files: &[("Dockerfile", "ARG BASE=registry.example.org:5000/debian:latest\nFROM ${BASE} AS x\nUSER 1\n")],
        },
    ],
    silent: &[
        Example { files: &[("Dockerfile", "FROM registry.example.org:5000/debian:13 AS build\nFROM build\nUSER 1\n")] },
        Example { files: &[("Dockerfile", "ARG BASE\nFROM $BASE AS a\nFROM scratch\nUSER 1\n")] },
        Example {
            files: &[(
                "Dockerfile",
                "FROM debian@sha256:0123456789012345678901234567890123456789012345678901234567890123\nUSER 1\n",
            )],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for (path, file, stage) in stages(tree) {
        let Some(base) = base_image(file, stage) else { continue };
        let message = match base.tag.as_deref() {
            _ if base.has_digest => continue,
            None => format!("`{}` has no version, which means `latest`", base.name),
            Some("latest") => format!("`{}:latest` is another image every week", base.name),
            Some(_) => continue,
        };
        report.add(file.location(path, &stage.base.at), message);
    }
}

/// A base image taken apart.
pub(super) struct BaseImage {
    /// Without tag and digest.
    pub(super) name: String,
    /// Behind the colon.
    pub(super) tag: Option<String>,
    /// Whether `@sha256:…` pins it.
    pub(super) has_digest: bool,
}

/// The image that a stage begins with; `None` for an earlier stage, an empty base, and what only a variable knows.
pub(super) fn base_image(file: &Dockerfile, stage: &Stage) -> Option<BaseImage> {
    let mut global = Variables::default();
    global.declare(&file.global_arguments, None);
    let reference = global.expand(&stage.base.text)?;
    let earlier = file.stages.iter().take_while(|earlier| earlier.at.start < stage.at.start);
    let mut names = earlier.filter_map(|earlier| earlier.name.as_ref());
    if reference == "scratch" || reference.is_empty() || names.any(|name| name.text.eq_ignore_ascii_case(&reference)) {
        return None;
    }
    let (image, has_digest) = reference.split_once('@').map_or((reference.as_str(), false), |(image, _)| (image, true));
    // A colon before the last slash belongs to the registry's port.
    let name_start = image.rfind('/').map_or(0, |slash| slash + 1);
    let (name, tag) = match image[name_start..].split_once(':') {
        Some((name, tag)) => (&image[..name_start + name.len()], Some(tag.to_owned())),
        None => (image, None),
    };
    Some(BaseImage { name: name.to_owned(), tag, has_digest })
}
