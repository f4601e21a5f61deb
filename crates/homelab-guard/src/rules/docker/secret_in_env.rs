//! Secrets in `ENV`.

use std::collections::HashSet;

use super::stages;
use crate::dockerfile::{Dockerfile, Kind, Stage};
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::secret_names::{Named, gives_away, named};
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "docker/secret-in-env",
    severity: Severity::Error,
    title: "a secret in ENV",
    reason: "Variables are part of the image's configuration: whoever may pull the image reads them with one command.",
    fix: "Leave the variable out and give it at run time, from a Kubernetes Secret.",
    fires: &[
        Example {
            files: &[("Dockerfile", "FROM a:1\nENV DATABASE_URL=postgresql://yomu:hun‖ter2x@db/yomu\nUSER 1\n")],
        },
        Example { files: &[("Dockerfile", "FROM a:1\nENV PORT=3000 \\\n    DB_PASS=\"hun‖ter2x\"\nUSER 1\n")] },
        Example { files: &[("Dockerfile", "FROM a:1\nENV SESSION_SECRET hun‖ter2x and more\nUSER 1\n")] },
        Example { files: &[("Dockerfile", "FROM a:1\nARG NPM_TOKEN\nENV NPM_TOKEN=$NPM_TOKEN\nUSER 1\n")] },
        Example { files: &[("Dockerfile", "FROM a:1\nONBUILD ENV PGPASSWORD=hun‖ter2x\nUSER 1\n")] },
    ],
    silent: &[
        Example {
            files: &[("Dockerfile", "FROM a:1\nENV NODE_ENV=production\nENV PORT=3000 MONKEY=banana\nUSER 1\n")],
        },
        Example {
            files: &[("Dockerfile", "FROM a:1\n# ENV DATABASE_URL=postgresql://yomu:hun‖ter2x@db/yomu\nUSER 1\n")],
        },
        Example {
            files: &[(
                "Dockerfile",
                "FROM a:1\nENV SESSION_SECRET_FILE=/run/secrets/session DB_PASS=changeme API_TOKEN=\nUSER 1\n",
            )],
        },
        Example {
            files: &[(
                "Dockerfile",
                "FROM a:1\nENV DATABASE_URL=sqlite:///data/yomu.db VALKEY_URL=redis://valkey:6379\nUSER 1\n",
            )],
        },
        Example {
            files: &[(
                "Dockerfile",
                "FROM a:1\nENV GPG_KEY=A035C8C19219BA821ECEA86B64E628F8D684696D TOKENIZERS_PARALLELISM=false\nUSER 1\n",
            )],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for (path, file, stage) in stages(tree) {
        let arguments = arguments(file, stage);
        for instruction in &stage.instructions {
            let Kind::Env(pairs) = &instruction.kind else { continue };
            for pair in pairs {
                let value = pair.value.as_deref().unwrap_or_default();
                let location = || file.location(path, &pair.at);
                if gives_away(&pair.name, value) {
                    report.add(location(), format!("`ENV {}` puts a secret into the image", pair.name));
                } else if let Some(argument) = baked_argument(&pair.name, value, &arguments) {
                    let message = format!("`ENV {}` keeps the build argument `{argument}` in the image", pair.name);
                    report.add(location(), message);
                }
            }
        }
    }
}

/// The names of the build arguments that a stage may know.
fn arguments<'file>(file: &'file Dockerfile, stage: &'file Stage) -> HashSet<&'file str> {
    let declared = stage.instructions.iter().filter_map(|instruction| match &instruction.kind {
        Kind::Arg(pairs) => Some(pairs),
        _ => None,
    });
    declared.flatten().chain(&file.global_arguments).map(|pair| pair.name.as_str()).collect()
}

/// The build argument that a variable with a secret's name takes its value from.
fn baked_argument<'value>(name: &str, value: &'value str, arguments: &HashSet<&str>) -> Option<&'value str> {
    let reference = value.strip_prefix('$')?;
    let reference = reference.strip_prefix('{').and_then(|inside| inside.strip_suffix('}')).unwrap_or(reference);
    (named(name) != Named::Other && arguments.contains(reference)).then_some(reference)
}
