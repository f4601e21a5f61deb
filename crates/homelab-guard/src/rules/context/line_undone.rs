//! A line that a later `!` undoes.

use crate::context::{IgnoreFile, Pattern};
use crate::finding::Location;
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "context/line-undone",
    severity: Severity::Warning,
    title: "a line of the ignore file that does nothing",
    reason: "The last line that matches wins: a later `!` takes back in what this line excludes, while it still looks excluded.",
    fix: "Move the line below the exception, or make the exception narrower.",
    fires: &[
        Example { files: &[("Dockerfile", "FROM a:1\nCOPY src src\n"), (".dockerignore", "data\n!data\n")] },
        Example { files: &[("Dockerfile", "FROM a:1\nCOPY src src\n"), (".dockerignore", "*.log\n.env\n!*\n.env\n")] },
        Example {
            files: &[
                ("Dockerfile", "FROM a:1\nCOPY src src\n"),
                (".dockerignore", "config/local.toml\n!config\n*/x\n!config/*\n"),
            ],
        },
    ],
    silent: &[
        Example {
            files: &[
                ("Dockerfile", "FROM a:1\nCOPY src src\n"),
                (".dockerignore", ".env.*\n!.env.example\n*\n!src\n!docs/README.md\ndocs\n"),
            ],
        },
        Example {
            files: &[
                ("Dockerfile", "FROM a:1\nCOPY src src\n"),
                (".dockerignore", "docs/*.md\n!docs/README.md\n**/*.pem\n!cert.pem\n"),
            ],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for (path, context) in super::ignore_files(tree) {
        for pattern in context.ignore.patterns.iter().filter(|pattern| !pattern.is_exception) {
            if let Some(line) = undone_by(&context.ignore, pattern) {
                let message = format!("`{}` has no effect: line {line} takes it back in", pattern.text);
                report.add(Location::at(path, pattern.line, 1, 0), message);
            }
        }
    }
}

/// The line of the exception that takes back in what the pattern stands for.
fn undone_by(ignore: &IgnoreFile, pattern: &Pattern) -> Option<u32> {
    let sample = sample(&pattern.text)?;
    if !pattern.matches(&sample) || ignore.excludes(&sample) {
        return None;
    }
    let later = ignore.patterns.iter().filter(|other| other.is_exception && other.line > pattern.line);
    // An exception that holds just as well for any other name undoes the line, one for a certain name does not.
    later.into_iter().find(|other| other.matches(&sample)).map(|other| other.line)
}

/// A path that the pattern was written for; `None` where that cannot be said.
fn sample(pattern: &str) -> Option<String> {
    if pattern.contains(['[', '\\']) {
        return None;
    }
    // A name that nobody would write an exception for.
    const ANY: &str = "any-name";
    let filled = pattern.replace("**/", "").replace("**", ANY).replace('*', ANY).replace('?', "x");
    Some(filled)
}
