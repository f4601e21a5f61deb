//! Build arguments that stayed in the history.

use crate::image::{Config, Image};
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::secret_names::{Named, is_placeholder, named};

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "image/argument-in-history",
    severity: Severity::Error,
    title: "a secret build argument in the image's history",
    reason: "`docker history` shows the values of build arguments of every `RUN` to whoever may pull the image.",
    fix: "Replace the secret, and give it to the next build by `RUN --mount=type=secret`.",
    fires: &[
        Example {
            files: &[(
                "config.json",
                r#"{"config":{"User":"1"},"history":[{"created_by":"RUN |1 NPM_TOKEN=hun‖ter2x /bin/sh -c npm ci # buildkit"}]}"#,
            )],
        },
        Example {
            files: &[(
                "config.json",
                r#"{"config":{"User":"1"},"history":[{"created_by":"|2 V=1 DB_PASS=hun‖ter2x /bin/sh -c ./setup"}]}"#,
            )],
        },
    ],
    silent: &[
        Example {
            files: &[(
                "config.json",
                r#"{"config":{"User":"1"},"history":[{"created_by":"RUN |2 VERSION=1 NPM_TOKEN= /bin/sh -c npm ci"}]}"#,
            )],
        },
        Example {
            files: &[(
                "config.json",
                r#"{"config":{"User":"1"},"history":[{"created_by":"RUN /bin/sh -c a |1 TOKEN=x"}]}"#,
            )],
        },
    ],
    check: Check::Image(check),
};

fn check(image: &Image, report: &mut Report<'_>) {
    for step in &image.config.history {
        for (name, _) in
            arguments(&step.created_by).filter(|(name, value)| named(name) != Named::Other && !is_placeholder(value))
        {
            report.add(
                Config::location(step.line),
                format!("the value of build argument `{name}` stands in the history"),
            );
        }
    }
}

/// The arguments of `RUN |2 A=1 B=2 /bin/sh -c …`.
fn arguments(created_by: &str) -> impl Iterator<Item = (&str, &str)> {
    let counted = created_by.strip_prefix("RUN ").unwrap_or(created_by).strip_prefix('|');
    let before_shell = counted.map_or("", |rest| rest.split(" /bin/").next().unwrap_or(rest));
    before_shell.split_whitespace().skip(1).filter_map(|word| word.split_once('='))
}
