//! An exception whose day has passed.

use crate::rule::{Check, Example, Rule, Severity};

/// An exception whose day has passed.
pub(crate) static RULE: Rule = Rule {
    id: "allow/expired",
    severity: Severity::Error,
    title: "an exception whose day has passed",
    reason: "It was meant to be looked at again by now.",
    fix: "Mend what it was for, or look at it and write a new day and reason.",
    fires: &[Example {
        files: &[(".env", "# homelab:‖allow secrets/named-value until 2020-01-31: made up\nDB_PASSWORD=hunt‖er2\n")],
    }],
    silent: &[Example {
        files: &[(".env", "# homelab:‖allow secrets/named-value until 2099-01-31: made up\nDB_PASSWORD=hunt‖er2\n")],
    }],
    check: Check::Exceptions,
};
