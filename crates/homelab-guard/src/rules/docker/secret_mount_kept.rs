//! Secret mounts whose content is copied to where it stays.

use std::ops::Range;

use super::instructions;
use crate::dockerfile::{Kind, Mount};
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::shell::{self, ShellCommand};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "docker/secret-mount-kept",
    severity: Severity::Error,
    title: "a mounted secret is copied into the image",
    reason: "The mount is gone after the command; the copy stays in the layer.",
    fix: "Read the secret where it is mounted, or mount it where the program looks for it, with `target=`.",
    fires: &[
        Example {
            files: &[(
                "Dockerfile",
                "FROM a:1\nRUN --mount=type=secret,id=npm cp /run/secrets/npm /root/.npmrc && npm ci\nUSER 1\n",
            )],
        },
        Example {
            files: &[(
                "Dockerfile",
                "FROM a:1\nRUN --mount=type=secret,id=env,target=/tmp/env cat /tmp/env > /app/.env\nUSER 1\n",
            )],
        },
    ],
    silent: &[
        Example {
            files: &[(
                "Dockerfile",
                "FROM a:1\nRUN --mount=type=secret,id=npm,target=/root/.npmrc npm ci && cp -r dist /app\nUSER 1\n",
            )],
        },
        Example {
            files: &[(
                "Dockerfile",
                "FROM a:1\nRUN --mount=type=secret,id=t TOKEN=$(cat /run/secrets/t) ./fetch > /dev/null\nUSER 1\n",
            )],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for place in instructions(tree) {
        let Kind::Run(run) = &place.instruction.kind else { continue };
        let mounted: Vec<String> = run.mounts.iter().filter(|mount| mount.kind == "secret").filter_map(path).collect();
        if mounted.is_empty() {
            continue;
        }
        for script in run.scripts() {
            for command in &shell::commands(&script.text) {
                if let Some((at, path)) = kept(command, &mounted) {
                    let message = format!("the mounted secret `{path}` is copied to where the image keeps it");
                    report.add(place.file.location(place.path, &script.in_file(&at)), message);
                }
            }
        }
    }
}

/// Where a secret is mounted.
fn path(mount: &Mount) -> Option<String> {
    match mount.option(&["target", "dst", "destination"]) {
        Some(target) => Some(target.to_owned()),
        None => Some(format!("/run/secrets/{}", mount.option(&["id"])?)),
    }
}

fn kept<'mounted>(command: &ShellCommand, mounted: &'mounted [String]) -> Option<(Range<usize>, &'mounted str)> {
    let stays = |path: &str| !["/dev/", "/run/", "&"].iter().any(|start| path.starts_with(start));
    let is_written = match command.program() {
        "cp" | "mv" | "install" => command.arguments().last().is_some_and(|target| stays(&target.text)),
        "cat" | "sed" | "envsubst" => command.written_files().any(|target| stays(&target.text)),
        _ => false,
    };
    let read =
        command.arguments().iter().find_map(|word| Some((word, mounted.iter().find(|path| **path == word.text)?)))?;
    is_written.then(|| (read.0.at.clone(), read.1.as_str()))
}
