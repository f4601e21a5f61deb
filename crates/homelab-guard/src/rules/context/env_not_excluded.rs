//! Environment files and Secrets that the ignore file lets through, whether they are there today or not.

use std::collections::BTreeSet;

use super::copy_location;
use crate::context::Context;
use crate::finding::Location;
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::secret_files::secret_file;
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "context/env-not-excluded",
    severity: Severity::Error,
    title: "the ignore file lets `.env` or a Secret into the build",
    reason: "Sooner or later the file is there, on the machine of whoever builds by hand. Then one `COPY` makes it public.",
    fix: "Add the line that is named. The decision record's three are `.env`, `.env.*` and `!.env.example`.",
    fires: &[
        Example {
            files: &[("Dockerfile", "FROM a:1\nCOPY . .\n"), (".dockerignore", "target\n.env.*\n!.env.example\n")],
        },
        Example { files: &[("Dockerfile", "FROM a:1\nCOPY . .\n"), (".dockerignore", ".env\n")] },
        Example { files: &[("Dockerfile", "FROM a:1\nCOPY src src\n"), (".dockerignore", "target\n")] },
        Example { files: &[("Dockerfile", "FROM a:1\nCOPY src src\n"), (".dockerignore", "*/**/.env\n*/**/.env.*\n")] },
        Example { files: &[("Dockerfile", "FROM a:1\nCOPY src src\n"), ("src/main.c", "int main;\n")] },
        Example {
            files: &[
                ("Dockerfile", "FROM a:1\nCOPY . .\n"),
                (".dockerignore", ".env\n.env.*\n!.env.example\n"),
                ("k8s/yomu/secret.yaml.example", "kind: Secret\n"),
            ],
        },
        Example {
            files: &[
                ("Dockerfile", "FROM a:1\nCOPY apps apps\n"),
                (".dockerignore", ".env\n.env.*\n"),
                ("apps/web/.env.example", "PORT=3000\n"),
            ],
        },
    ],
    silent: &[
        Example {
            files: &[("Dockerfile", "FROM a:1\nCOPY . .\n"), (".dockerignore", ".env\n.env.*\n!.env.example\n")],
        },
        Example { files: &[("Dockerfile", "FROM a:1\nCOPY . .\n"), (".dockerignore", "*\n!src\n!Cargo.*\n")] },
        Example { files: &[("Dockerfile", "FROM a:1\nCOPY . .\n"), (".dockerignore", "**/.env*\n!**/.env.example\n")] },
        Example { files: &[("Dockerfile", "FROM a:1\nCOPY --from=x /a /a\n"), (".dockerignore", "target\n")] },
        Example {
            files: &[
                ("Dockerfile", "FROM a:1\nCOPY src src\n"),
                (".dockerignore", ".env\n.env.*\n*/**/.env\n*/**/.env.*\n"),
            ],
        },
        Example { files: &[("Dockerfile", "FROM a:1\nCOPY main.c .\n"), ("main.c", "int main;\n")] },
        Example {
            files: &[
                ("Dockerfile", "FROM a:1\nCOPY apps apps\n"),
                (".dockerignore", "**/.env\n**/.env.*\n!**/.env.example\n"),
                ("apps/web/.env.example", "PORT=3000\n"),
                ("k8s/yomu/secret.yaml.example", "kind: Secret\n"),
            ],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    let mut told = BTreeSet::new();
    for context in tree.contexts() {
        let Some(ignore_path) = &context.ignore_path else {
            without_ignore_file(tree, context, report);
            continue;
        };
        for (path, line) in likely_secrets(tree, context) {
            if !context.ignore.excludes(&path) && told.insert((ignore_path.clone(), line.clone())) {
                // A file that is there already is told by its own rule, with its own path.
                let undone =
                    context.ignore.patterns.iter().rfind(|pattern| pattern.is_exception && pattern.matches(&path));
                let location = undone.map_or_else(
                    || Location::file(ignore_path),
                    |pattern| Location::at(ignore_path, pattern.line, 1, 0),
                );
                report.add(
                    location,
                    format!("`{path}` would get into the build of `{}`; add `{line}`", context.dockerfile),
                );
            }
        }
    }
}

/// Without an ignore file, what is copied folder by folder takes what comes to lie in the folders. `COPY . .` has its own rule.
fn without_ignore_file(tree: &FileTree, context: &Context, report: &mut Report<'_>) {
    if context.whole_copy().is_some() {
        return;
    }
    let folders = tree.under(&context.folder).filter_map(|(path, _)| context.inside(path)?.rsplit_once('/'));
    let open = folders.map(|(folder, _)| format!("{folder}/.env")).find_map(|path| {
        let copy = context.would_take(&path)?;
        Some((path, copy))
    });
    if let Some((path, copy)) = open {
        let message = format!(
            "`{path}` would get into the image by `{} {}`; write `{}` with `.env`, `.env.*`, `*/**/.env` and `*/**/.env.*`",
            copy.keyword,
            copy.source,
            context.ignore_place()
        );
        report.add(copy_location(tree, context, &copy.at), message);
    }
}

/// Files that could be there, each with the line that keeps it out: environment files on top, and what an example stands for.
fn likely_secrets(tree: &FileTree, context: &Context) -> Vec<(String, String)> {
    // A build that takes nothing from its context sends nothing either.
    if context.copies.is_empty() {
        return Vec::new();
    }
    let mut likely = vec![(".env".to_owned(), ".env".to_owned()), (".env.local".to_owned(), ".env.*".to_owned())];
    let examples = tree.under(&context.folder).filter_map(|(path, _)| {
        let inside = context.inside(path)?;
        let real = inside.strip_suffix(".example").or_else(|| inside.strip_suffix(".sample"))?;
        secret_file(real).map(|_| real.to_owned())
    });
    let taken = examples.filter(|path| context.copies.iter().any(|copy| copy.takes(path)));
    likely.extend(taken.map(|path| {
        let name = path.rsplit('/').next().unwrap_or(&path);
        let line = if path.contains('/') { format!("**/{name}") } else { name.to_owned() };
        (path, line)
    }));
    likely
}
