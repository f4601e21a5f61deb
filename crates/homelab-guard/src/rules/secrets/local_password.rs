//! Credentials in addresses of this machine.

use crate::rule::{Check, Example, Rule, Severity};

/// A password for a service on the own machine.
pub(crate) static RULE: Rule = Rule {
    id: "secrets/local-password",
    severity: Severity::Warning,
    title: "a password for a service on the own machine",
    reason: "Nobody reaches a database on `localhost` from outside, so a password for development may stand here. It becomes a secret when it is used elsewhere too.",
    fix: "Make sure that the password is used nowhere else, or read the address from the environment.",
    fires: &[Example {
        files: &[(".env.development", "DATABASE_URL=postgres://app:dev-on‖ly-9@localhost:5432/app\n")],
    }],
    silent: &[Example { files: &[(".env.development", "DATABASE_URL=postgres://app@localhost:5432/app\n")] }],
    check: Check::Content,
};
