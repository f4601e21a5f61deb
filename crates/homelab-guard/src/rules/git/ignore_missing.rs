//! An example without the ignore line for what it is an example of.

use super::ignore_lines::hides;
use crate::finding::Location;
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::secret_files::secret_file;
use crate::tree::{FileTree, GitState};

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "git/ignore-missing",
    severity: Severity::Error,
    title: "git would take the filled-in copy of an example",
    reason: "The example asks people to copy it and fill it in; the next `git add .` publishes what they filled in.",
    fix: "Add the line to `.gitignore`: the decision record wants `.env` and `secret.yaml` there.",
    fires: &[
        Example { files: &[(".env.example", "PORT=\n")] },
        Example { files: &[("k8s/yomu/secret.yaml.example", "kind: Secret\n"), (".gitignore", ".env\n")] },
        Example { files: &[("web/.env.example", "PORT=\n"), (".gitignore", "/.env\n")] },
    ],
    silent: &[
        Example {
            files: &[
                (".gitignore", ".env\n.env.*\n!.env.example\nsecret.yaml\n"),
                (".env.example", "PORT=\n"),
                ("k8s/yomu/secret.yaml.example", "kind: Secret\n"),
            ],
        },
        Example { files: &[("config.toml.example", "port = 1\n")] },
        // One that is in git already is another rule's business.
        Example { files: &[(".env.example", "PORT=\n"), (".env", "PORT=1\n")] },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for (path, _) in tree.iter() {
        let endings = [".example", ".sample"];
        let Some(real) = endings.iter().find_map(|ending| path.strip_suffix(ending)) else { continue };
        let is_tracked = tree.get(real).is_some_and(|entry| entry.git == GitState::Tracked);
        if secret_file(real).is_some() && !is_tracked && !hides(tree, real) {
            let name = real.rsplit('/').next().unwrap_or(real);
            report.add(Location::file(path), format!("no `.gitignore` hides `{real}`; add the line `{name}`"));
        }
    }
}
