//! `.env` in git.

use crate::finding::Location;
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::{FileTree, GitState};

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "git/env-tracked",
    severity: Severity::Error,
    title: "an environment file is in git",
    reason: "It is where everybody puts their secrets. Even a harmless one is filled in one day, and the change is committed unseen.",
    fix: "`git rm --cached` it, add it to `.gitignore`, and keep an `.env.example` without values instead.",
    fires: &[
        Example { files: &[(".env", "PORT=3000\n")] },
        Example { files: &[("apps/web/.env.production", "PORT=3000\n")] },
    ],
    silent: &[Example {
        files: &[(".env.example", "PORT=\n"), ("src/env.rs", ""), (".env.local.sample", "PORT=\n"), ("env", "")],
    }],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for (path, entry) in tree.iter().filter(|(_, entry)| entry.git == GitState::Tracked) {
        let is_environment = crate::secret_files::secret_file(path)
            .is_some_and(|file| file.is_certain && file.what == crate::secret_files::ENVIRONMENT_FILE);
        if is_environment && entry.size > 0 {
            report.add(Location::file(path), format!("`{path}` is in git"));
        }
    }
}
