//! Images that start as root.

use crate::image::{Config, Image};
use crate::rule::{Check, Example, Report, Rule, Severity};

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "image/root-user",
    severity: Severity::Error,
    title: "the image starts as root",
    reason: "Whoever breaks out of the program is root in the container, and Kubernetes refuses the image under `runAsNonRoot`.",
    fix: "Set `USER 65532:65532` in the last stage of the Dockerfile.",
    fires: &[
        Example { files: &[("config.json", r#"{"config":{"Cmd":["/app"]}}"#)] },
        Example { files: &[("config.json", r#"{"config":{"User":"0:1000"}}"#)] },
        Example { files: &[("config.json", r#"{"config":{"User":"root"}}"#)] },
    ],
    silent: &[
        Example { files: &[("config.json", r#"{"config":{"User":"65532:65532"}}"#)] },
        Example { files: &[("config.json", r#"{"config":{"User":"app"}}"#)] },
    ],
    check: Check::Image(check),
};

fn check(image: &Image, report: &mut Report<'_>) {
    let user = image.config.user.split(':').next().unwrap_or_default().trim();
    if user == "root" || user.trim_start_matches('0').is_empty() {
        report.add(
            Config::location(0),
            if user.is_empty() { "no user is set, which means root" } else { "the user is root" },
        );
    }
}
