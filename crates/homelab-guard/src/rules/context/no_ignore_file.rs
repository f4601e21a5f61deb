//! `COPY . .` without a `.dockerignore`.

use super::copy_location;
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "context/no-ignore-file",
    severity: Severity::Error,
    title: "the whole folder is copied and nothing is excluded",
    reason: "A build on a developer's machine takes `.env`, keys and `.git` along. The build in CI starts from a clean checkout and never shows it.",
    fix: "Write a `.dockerignore` with `.env`, `.env.*` and `!.env.example` at least, or copy only what is needed.",
    fires: &[
        Example { files: &[("Dockerfile", "FROM a:1\nCOPY . .\n")] },
        Example { files: &[("Dockerfile", "FROM a:1\nADD * /app/\n"), (".gitignore", ".env\n")] },
        Example { files: &[("web/Dockerfile", "FROM a:1\nCOPY ./ /app\n"), (".dockerignore", ".env\n")] },
    ],
    silent: &[
        Example {
            files: &[("Dockerfile", "FROM a:1\nCOPY . .\n"), (".dockerignore", ".env\n.env.*\n!.env.example\n")],
        },
        Example { files: &[("Dockerfile", "FROM a:1\nCOPY src /app/src\nCOPY --from=x . .\n")] },
        Example { files: &[("Dockerfile", "FROM a:1\nCOPY . .\n"), ("Dockerfile.dockerignore", ".env*\n")] },
        Example {
            files: &[
                ("web/Dockerfile", "FROM a:1\nCOPY . .\n"),
                ("compose.yaml", "services:\n  web:\n    build: {context: ., dockerfile: web/Dockerfile}\n"),
                (".dockerignore", ".env*\n"),
            ],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for context in tree.contexts().iter().filter(|context| context.ignore_path.is_none()) {
        if let Some(copy) = context.whole_copy() {
            let message = format!(
                "`{} {}` takes everything, and there is no `{}`",
                copy.keyword,
                copy.source,
                context.ignore_place()
            );
            report.add(copy_location(tree, context, &copy.at), message);
        }
    }
}
