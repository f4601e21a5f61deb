//! Secrets in `LABEL`.

use super::instructions;
use crate::dockerfile::Kind;
use crate::rule::{Check, Example, Report, Rule, Severity};
use crate::secret_names::gives_away;
use crate::tree::FileTree;

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "docker/secret-in-label",
    severity: Severity::Error,
    title: "a secret in LABEL",
    reason: "Labels are shown by registries and by `docker inspect` to whoever may pull the image.",
    fix: "Remove the label; labels are for what everybody may know.",
    fires: &[Example {
        files: &[("Dockerfile", "FROM a:1\nLABEL org.example.api-token=\"hun‖ter2xhun‖ter2x\"\nUSER 1\n")],
    }],
    silent: &[
        Example {
            files: &[(
                "Dockerfile",
                "FROM a:1\nLABEL org.opencontainers.image.source=https://github.com/o/r\nUSER 1\n",
            )],
        },
        Example {
            files: &[(
                "Dockerfile",
                "FROM a:1\nLABEL traefik.http.middlewares.auth.forwardauth.address=http://auth:80\nUSER 1\n",
            )],
        },
    ],
    check: Check::Tree(check),
};

fn check(tree: &FileTree, report: &mut Report<'_>) {
    for place in instructions(tree) {
        let Kind::Label(pairs) = &place.instruction.kind else { continue };
        for pair in pairs {
            // The parts before the last dot say whose label it is.
            let name = pair.name.rsplit('.').next().unwrap_or(&pair.name);
            if gives_away(name, pair.value.as_deref().unwrap_or_default()) {
                let message = format!("label `{}` puts a secret into the image", pair.name);
                report.add(place.file.location(place.path, &pair.at), message);
            }
        }
    }
}
