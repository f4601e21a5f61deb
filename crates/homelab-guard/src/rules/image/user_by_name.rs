//! Images that start as a name.

use crate::image::{Config, Image};
use crate::rule::{Check, Example, Report, Rule, Severity};

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "image/user-by-name",
    severity: Severity::Warning,
    title: "the image's user is a name",
    reason: "Under `runAsNonRoot` the kubelet cannot tell whether a name is root, and does not start the container.",
    fix: "Write the number into the Dockerfile: `USER 65532:65532`.",
    fires: &[Example { files: &[("config.json", r#"{"config":{"User":"app:app"}}"#)] }],
    silent: &[
        Example { files: &[("config.json", r#"{"config":{"User":"1000:app"}}"#)] },
        Example { files: &[("config.json", r#"{"config":{"User":"root"}}"#)] },
    ],
    check: Check::Image(check),
};

fn check(image: &Image, report: &mut Report<'_>) {
    let user = image.config.user.split(':').next().unwrap_or_default().trim();
    if user != "root" && !user.bytes().all(|byte| byte.is_ascii_digit()) {
        report.add(Config::location(0), format!("user `{user}` is a name; Kubernetes can only judge a number"));
    }
}
