//! A line of an ignore file that a build stops at.

use crate::context::BadPattern;
use crate::finding::Location;
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "context/broken-line",
    severity: Severity::Error,
    title: "a line of the ignore file that is no pattern",
    reason: "Builds stop here; a tool that goes on does not exclude what was meant.",
    fix: "Close the `[`, remove the `!` that stands alone, or write `\\\\[` for the character itself.",
    fires: &[
        Example { files: &[("Dockerfile", "FROM a:1\n"), (".dockerignore", ".env\n[a-\n")] },
        Example { files: &[("Dockerfile", "FROM a:1\n"), (".dockerignore", "!\n")] },
    ],
    silent: &[Example { files: &[("Dockerfile", "FROM a:1\n"), (".dockerignore", "[a-c]\n# [\n!keep\n")] }],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for (path, context) in super::ignore_files(tree) {
        for (line, problem) in &context.ignore.problems {
            let message = match problem {
                BadPattern::OnlyAnException => "`!` has no pattern behind it",
                BadPattern::Malformed => {
                    "this is no pattern: a set is not closed or empty, or a backslash stands at the end"
                }
                BadPattern::TooLong => "this line is longer than any path and is not read",
                BadPattern::TooMany => "the ignore file has more lines than are read; those from here on are not",
            };
            report.add(Location::at(path, *line, 1, 0), message);
        }
    }
}
