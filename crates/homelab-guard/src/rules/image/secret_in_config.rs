//! Secrets in the variables, labels and history of an image.

use crate::image::{Config, Image};
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::rules::typed_secrets::typed_secret;
use crate::secret_names::gives_away;
use crate::shell;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "image/secret-in-config",
    severity: Severity::Error,
    title: "a secret in the image's configuration",
    reason: "Variables, labels and history are text that a registry hands to whoever may pull the image.",
    fix: "Treat the secret as known and replace it. Build the image without it, and delete the old one from the registry.",
    fires: &[
        Example { files: &[("config.json", r#"{"config":{"User":"1","Env":["PATH=/bin","DB_PASS=hun‖ter2x"]}}"#)] },
        Example {
            files: &[(
                "config.json",
                r#"{"config":{"User":"1","Labels":{"org.example.api-token":"hun‖ter2xhun‖ter2x"}}}"#,
            )],
        },
        Example {
            files: &[(
                "config.json",
                r#"{"config":{"User":"1"},"history":[{"created_by":"RUN /bin/sh -c curl -u a:hun‖ter2x https://x # buildkit"}]}"#,
            )],
        },
    ],
    silent: &[
        Example {
            files: &[(
                "config.json",
                r#"{"config":{"User":"1","Env":["PORT=3000","MONKEY=banana","SESSION_SECRET_FILE=/run/s"],"Labels":{"a.b":"c"}}}"#,
            )],
        },
        Example {
            files: &[(
                "config.json",
                r#"{"config":{"User":"1"},"history":[{"created_by":"RUN /bin/sh -c npm ci # buildkit"},{"created_by":"ENV A=1"}]}"#,
            )],
        },
    ],
    check: Check::Image(check),
};

fn check(image: &Image, report: &mut Report<'_>) {
    for variable in image.config.env.iter().filter(|variable| gives_away(&variable.name, &variable.value)) {
        report.add(Config::location(variable.line), format!("variable `{}` holds a secret", variable.name));
    }
    for label in &image.config.labels {
        let name = label.name.rsplit('.').next().unwrap_or(&label.name);
        if gives_away(name, &label.value) {
            report.add(Config::location(label.line), format!("label `{}` holds a secret", label.name));
        }
    }
    for step in &image.config.history {
        // Variables that were set are told above, by name; `ENV` in the history says the same again.
        if step.created_by.trim_start_matches("/bin/sh -c #(nop) ").trim_start().starts_with("ENV ") {
            continue;
        }
        let command =
            step.created_by.split_once("/bin/sh -c ").map_or(step.created_by.as_str(), |(_, command)| command);
        if let Some((_, message)) = shell::commands(command).iter().find_map(typed_secret) {
            report.add(Config::location(step.line), format!("in the history, {message}"));
        }
    }
}
