//! An exception that covers nothing.

use crate::rule::{Check, Example, Rule, Severity};

/// An exception that covers nothing.
pub(crate) static RULE: Rule = Rule {
    id: "allow/unused",
    severity: Severity::Warning,
    title: "an exception that covers nothing",
    reason: "What it was for is gone. Left there, it would hide the next thing that comes to the same place.",
    fix: "Remove it.",
    fires: &[Example {
        files: &[(".env", "# homelab:‖allow secrets/named-value until 2099-01-31: made up\nPORT=1\n")],
    }],
    silent: &[Example {
        files: &[(".env", "# homelab:‖allow secrets/named-value until 2099-01-31: made up\nDB_PASSWORD=hunt‖er2\n")],
    }],
    check: Check::Exceptions,
};
