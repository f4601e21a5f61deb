//! An exception that cannot be read.

use crate::rule::{Check, Example, Rule, Severity};

/// An exception that cannot be read.
pub(crate) static RULE: Rule = Rule {
    id: "allow/unreadable",
    severity: Severity::Error,
    title: "an exception that cannot be read",
    reason: "It covers nothing, and whoever wrote it believes that it does.",
    fix: "Write the day as 2027-01-31, and in the allow file `rule`, `path`, `reason` and `expires` for each `[[allow]]`.",
    fires: &[Example {
        files: &[(".env", "# homelab:‖allow secrets/named-value until summer: made up\nDB_PASSWORD=hunt‖er2\n")],
    }],
    silent: &[Example {
        files: &[(".env", "# homelab:‖allow secrets/named-value until 2099-01-31: made up\nDB_PASSWORD=hunt‖er2\n")],
    }],
    check: Check::Exceptions,
};
