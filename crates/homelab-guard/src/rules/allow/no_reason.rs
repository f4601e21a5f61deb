//! An exception without a reason.

use crate::rule::{Check, Example, Rule, Severity};

/// An exception without a reason.
pub(crate) static RULE: Rule = Rule {
    id: "allow/no-reason",
    severity: Severity::Error,
    title: "an exception without a reason",
    reason: "In half a year nobody knows whether it was a decision or a way to make the check pass.",
    fix: "Write why behind the day: `until 2027-01-31: the reason`, or `reason = \"…\"` in the allow file.",
    fires: &[Example {
        files: &[(".env", "# homelab:‖allow secrets/named-value until 2099-01-31:\nDB_PASSWORD=hunt‖er2\n")],
    }],
    silent: &[Example {
        files: &[(
            ".env",
            "# homelab:‖allow secrets/named-value until 2099-01-31: made up for the tests\nDB_PASSWORD=hunt‖er2\n",
        )],
    }],
    check: Check::Exceptions,
};
