//! `COPY .env ./` and its kin.

use super::{Place, instructions};
use crate::dockerfile::{Kind, Word};
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::secret_files::{SecretFile, secret_file};
use crate::tree::{FileTree, GitState};

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "docker/secret-file-copied",
    severity: Severity::Error,
    title: "a file of secrets is copied into the image",
    reason: "The file stays in its layer for whoever may pull the image, even when a later line deletes it.",
    fix: "Remove the line. At run time, mount the file from a Kubernetes Secret; during the build, use `RUN --mount=type=secret`.",
    fires: &[
        Example { files: &[("Dockerfile", "FROM a:1\nCOPY .env ./\nUSER 1\n")] },
        Example { files: &[("Dockerfile", "FROM a:1\nADD config/home.kubeconfig id_ed25519 /root/\nUSER 1\n")] },
        Example { files: &[("Dockerfile", "FROM a:1\nCOPY [\".npmrc\", \"/root/\"]\nUSER 1\n")] },
        Example {
            files: &[(
                "Dockerfile",
                "FROM a:1 AS build\nFROM a:1\nCOPY --from=build /app/.env.production /app/\nUSER 1\n",
            )],
        },
        Example { files: &[("Dockerfile", "FROM a:1\nCOPY .env* ./\nUSER 1\n")] },
    ],
    silent: &[
        Example { files: &[("Dockerfile", "FROM a:1\nCOPY .env.example cert.pem id_ed25519.pub /app/\nUSER 1\n")] },
        Example { files: &[("Dockerfile", "FROM a:1\nCOPY <<EOF /app/.env\nPORT=3000\nEOF\nUSER 1\n")] },
        Example { files: &[("Dockerfile", "FROM a:1\nCOPY .npmrc /app/\nUSER 1\n"), (".npmrc", "save-exact=true\n")] },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for place in instructions(tree) {
        let (Kind::Copy(transfer) | Kind::Add(transfer)) = &place.instruction.kind else { continue };
        for source in &transfer.sources {
            // `.env*` takes `.env` along with what it is meant for.
            let Some(file) = secret_file(&source.text.replace('*', "")) else { continue };
            if transfer.from.is_some() && !file.is_certain {
                continue;
            }
            if transfer.from.is_none() && is_judged_by_content(tree, &place, source, file) {
                continue;
            }
            let message = format!("`{}` is {}, and the image would hold it", source.text, file.what);
            report.add(place.file.location(place.path, &source.at), message);
        }
    }
}

/// Whether the file is in git under a name that promises nothing for sure: then the rules about secrets have read it.
fn is_judged_by_content(tree: &FileTree, place: &Place<'_>, source: &Word, file: SecretFile) -> bool {
    let contexts = tree.contexts().iter().filter(|context| context.dockerfile == place.path);
    let relative = source.text.trim_start_matches("./").trim_start_matches('/');
    let mut entries = contexts.filter_map(|context| tree.get(&context.from_top(relative)));
    !file.is_certain && entries.any(|entry| entry.git == GitState::Tracked)
}
