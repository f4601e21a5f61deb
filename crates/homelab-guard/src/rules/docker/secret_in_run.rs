//! Secrets in the commands of `RUN`.

use std::ops::Range;

use super::instructions;
use crate::dockerfile::Kind;
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::rules::typed_secrets::typed_secret;
use crate::secret_files::secret_file;
use crate::secret_names::{Named, named};
use crate::shell::{self, ShellCommand};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "docker/secret-in-run",
    severity: Severity::Error,
    title: "a secret in a RUN command",
    reason: "Commands stand in the image's history, and what they write stands in a layer.",
    fix: "Read it from `RUN --mount=type=secret,id=…` inside the one command that needs it, and write it nowhere.",
    fires: &[
        Example { files: &[("Dockerfile", "FROM a:1\nRUN export DB_PASS=hun‖ter2x && ./setup\nUSER 1\n")] },
        Example {
            files: &[("Dockerfile", "FROM a:1\nRUN git clone https://bot:hun‖ter2x@example.org/x.git\nUSER 1\n")],
        },
        Example {
            files: &[(
                "Dockerfile",
                "FROM a:1\nARG NPM_TOKEN\nRUN echo \"//registry.npmjs.org/:_authToken=${NPM_TOKEN}\" > ~/.npmrc\nUSER 1\n",
            )],
        },
        Example {
            files: &[("Dockerfile", "FROM a:1\nRUN <<EOF\ncurl -u admin:hun‖ter2x https://example.org\nEOF\nUSER 1\n")],
        },
        Example {
            files: &[("Dockerfile", "FROM a:1\nRUN echo \"$SSH_PRIVATE_KEY\" | tee /root/.ssh/id_rsa\nUSER 1\n")],
        },
    ],
    silent: &[
        Example { files: &[("Dockerfile", "FROM a:1\nRUN --mount=type=secret,id=npm,env=NPM_TOKEN npm ci\nUSER 1\n")] },
        Example {
            files: &[(
                "Dockerfile",
                "FROM a:1\nRUN echo 'registry=https://registry.npmjs.org' > .npmrc && export PORT=3000\nUSER 1\n",
            )],
        },
        Example {
            files: &[(
                "Dockerfile",
                "FROM a:1\nRUN --mount=type=secret,id=t,env=TOKEN curl -H \"Authorization: Bearer $TOKEN\" https://example.org\nUSER 1\n",
            )],
        },
        Example {
            files: &[(
                "Dockerfile",
                "FROM a:1\nRUN curl -fsSL https://example.org/key.asc | gpg --import && mkdir -p /app\nUSER 1\n",
            )],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for place in instructions(tree) {
        let Kind::Run(run) = &place.instruction.kind else { continue };
        for script in run.scripts() {
            let commands = shell::commands(&script.text);
            for (number, command) in commands.iter().enumerate() {
                let found = typed_secret(command).or_else(|| written_secret(command, commands.get(number + 1)));
                if let Some((at, message)) = found {
                    report.add(place.file.location(place.path, &script.in_file(&at)), message);
                }
            }
        }
    }
}

/// A variable with a secret's name that a command writes into a file of the image, by itself or through `tee`.
fn written_secret(command: &ShellCommand, next: Option<&ShellCommand>) -> Option<(Range<usize>, String)> {
    if !matches!(command.program(), "echo" | "printf" | "cat") {
        return None;
    }
    let tee = next.filter(|next| command.is_piped && next.program() == "tee");
    let teed = tee.into_iter().flat_map(ShellCommand::arguments).filter(|word| !word.text.starts_with('-'));
    let target = command.written_files().chain(teed).find(|word| !is_nowhere(&word.text))?;
    let words = command.arguments().iter().filter(|word| !word.is_literal);
    let mut variables = words.flat_map(|word| shell::variables(&word.text).map(move |name| (name, word)));
    let (name, word) = variables.find(|(name, _)| named(name) == Named::Secret)?;
    let what = secret_file(&target.text).map_or("a file", |file| file.what);
    Some((word.at.clone(), format!("`{name}` is written into {what} of the image, `{}`", target.text)))
}

/// What no layer keeps.
fn is_nowhere(path: &str) -> bool {
    path.starts_with('&') || ["/dev/", "/run/", "/proc/"].iter().any(|folder| path.starts_with(folder))
}
