//! `sudo` in a build.

use super::instructions;
use crate::dockerfile::Kind;
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::shell;
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "docker/sudo",
    severity: Severity::Warning,
    title: "sudo in a build",
    reason: "An image with `sudo` in it hands root to whoever breaks into the program.",
    fix: "Do what needs root before `USER`, and leave `sudo` out.",
    fires: &[Example { files: &[("Dockerfile", "FROM a:1\nRUN cd /tmp && sudo make install\nUSER 1\n")] }],
    silent: &[Example {
        files: &[("Dockerfile", "FROM a:1\nRUN make install && echo 'sudo is not needed'\nUSER 1\n")],
    }],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for place in instructions(tree) {
        let Kind::Run(run) = &place.instruction.kind else { continue };
        for script in run.scripts() {
            for command in &shell::commands(&script.text) {
                if let Some(word) = command.words.first().filter(|word| word.text == "sudo") {
                    let at = script.in_file(&word.at);
                    report.add(place.file.location(place.path, &at), "`sudo` hands root on to the running container");
                }
            }
        }
    }
}
