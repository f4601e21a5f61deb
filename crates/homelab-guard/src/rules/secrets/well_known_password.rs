//! Passwords from the top of every list.

use crate::rule::{Check, Example, Rule, Severity};

/// A password that everybody tries first.
pub(crate) static RULE: Rule = Rule {
    id: "secrets/well-known-password",
    severity: Severity::Warning,
    title: "a password that everybody tries first",
    reason: "It is no secret, and that is the trouble: where a service really runs with it, anybody on the network is let in.",
    fix: "Let `homelab service secrets` make a password. Where the service exists for tests only, allow the line with a reason.",
    fires: &[Example {
        files: &[("compose.yaml", "services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: post‖gres\n")],
    }],
    silent: &[Example {
        files: &[(
            "compose.yaml",
            "services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?}\n      POSTGRES_USER: postgres\n",
        )],
    }],
    check: Check::Content,
};
