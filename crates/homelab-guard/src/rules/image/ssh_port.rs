//! Images that expose SSH.

use crate::image::{Config, Image};
use crate::rule::{Check, Example, Report, Rule, Severity};

/// See the title.
pub(super) static RULE: Rule = Rule {
    id: "image/ssh-port",
    severity: Severity::Warning,
    title: "the image exposes SSH",
    reason: "A service does not need a login of its own: `kubectl exec` has one that is recorded and can be taken away.",
    fix: "Leave the SSH server and `EXPOSE 22` out.",
    fires: &[Example { files: &[("config.json", r#"{"config":{"User":"1","ExposedPorts":{"22/tcp":{}}}}"#)] }],
    silent: &[Example {
        files: &[("config.json", r#"{"config":{"User":"1","ExposedPorts":{"3000/tcp":{},"2222/tcp":{}}}}"#)],
    }],
    check: Check::Image(check),
};

fn check(image: &Image, report: &mut Report<'_>) {
    if image.config.exposed_ports.iter().any(|port| port.split('/').next() == Some("22")) {
        report.add(Config::location(0), "port 22 is exposed");
    }
}
