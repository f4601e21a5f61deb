//! An exception without an end.

use crate::rule::{Check, Example, Rule, Severity};

/// An exception without an end.
pub(crate) static RULE: Rule = Rule {
    id: "allow/no-expiry",
    severity: Severity::Error,
    title: "an exception without an end",
    reason: "An exception that never ends is a rule that was switched off, and nobody decided that.",
    fix: "Write the last day on which it counts: `until 2027-01-31`, or `expires = 2027-01-31` in the allow file. A year is long.",
    fires: &[Example {
        files: &[(".env", "# homelab:‖allow secrets/named-value: made up\nDB_PASSWORD=hunt‖er2\n")]
    }],
    silent: &[Example {
        files: &[(".env", "# homelab:‖allow secrets/named-value until 2099-01-31: made up\nDB_PASSWORD=hunt‖er2\n")],
    }],
    check: Check::Exceptions,
};
