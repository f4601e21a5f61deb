//! Files of secrets that are there and get in.

use super::copy_location;
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::secret_files::secret_file;
use crate::tree::{FileTree, GitState};

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "context/secret-file-enters",
    severity: Severity::Error,
    title: "a file of secrets gets into the build",
    reason: "`.gitignore` hides it from git and not from Docker: the next image that is built here holds it.",
    fix: "Exclude it in the ignore file that is named, and look at the images that were pushed from this folder before.",
    fires: &[
        Example { files: &[("Dockerfile", "FROM a:1\nCOPY . .\n"), (".dockerignore", ".env.*\n"), (".env", "A=1\n")] },
        Example { files: &[("Dockerfile", "FROM a:1\nCOPY apps /app\n"), ("apps/web/.env.production", "A=1\n")] },
        Example {
            files: &[
                ("Dockerfile", "FROM a:1\nCOPY . .\n"),
                (".dockerignore", ".env\nid_*\n!id_*\n"),
                ("id_ed25519", "x\n"),
            ],
        },
    ],
    silent: &[
        Example {
            files: &[
                ("Dockerfile", "FROM a:1\nCOPY . .\n"),
                (".dockerignore", ".env\n"),
                (".env", "A=1\n"),
                (".env.example", "A=\n"),
            ],
        },
        Example { files: &[("Dockerfile", "FROM a:1\nCOPY src /app\n"), (".env", "A=1\n")] },
        Example {
            files: &[
                ("Dockerfile", "FROM a:1\nCOPY . .\n"),
                (".dockerignore", ".env\n"),
                (".npmrc", "save-exact=true\n"),
                ("tests/data/sample.db", ""),
            ],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for context in tree.contexts() {
        for file in context.entering(tree) {
            let Some(secret) = secret_file(file.path) else { continue };
            let git = tree.get(file.path).map_or(GitState::Unknown, |entry| entry.git);
            // What is in git under a name that promises nothing for sure is judged by its content.
            if git == GitState::Tracked && !secret.is_certain {
                continue;
            }
            let hidden = if git == GitState::Ignored { ", which git hides," } else { "" };
            let excluder = match (file.taken_back_by, &context.ignore_path) {
                (Some(line), Some(path)) => format!("; line {line} of `{path}` takes it back in"),
                (_, Some(path)) => format!("; `{path}` does not exclude it"),
                (_, None) => "; there is no ignore file".to_owned(),
            };
            let message = format!(
                "`{}`{hidden} is {} and is taken by `{} {}`{excluder}",
                file.path, secret.what, file.copy.keyword, file.copy.source
            );
            report.add(copy_location(tree, context, &file.copy.at), message);
        }
    }
}
