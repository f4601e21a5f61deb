//! An exception for a rule that does not exist.

use crate::rule::{Check, Example, Rule, Severity};

/// An exception for a rule that does not exist.
pub(crate) static RULE: Rule = Rule {
    id: "allow/unknown-rule",
    severity: Severity::Error,
    title: "an exception for a rule that does not exist",
    reason: "It covers nothing, and whoever wrote it believes that it does.",
    fix: "Take the id from the finding; `homelab check --explain ID` knows them all.",
    fires: &[Example {
        files: &[(".env", "# homelab:‖allow secrets/passwords until 2099-01-31: made up\nPORT=1\n")]
    }],
    silent: &[Example {
        files: &[(".env", "# homelab:‖allow secrets/named-value until 2099-01-31: made up\nDB_PASSWORD=hunt‖er2\n")],
    }],
    check: Check::Exceptions,
};
