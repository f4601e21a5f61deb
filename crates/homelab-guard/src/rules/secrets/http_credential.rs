//! Authorization headers and the users of curl.

use crate::rule::{Check, Example, Rule, Severity};

/// Credentials of a request.
pub(crate) static RULE: Rule = Rule {
    id: "secrets/http-credential",
    severity: Severity::Error,
    title: "credentials of a request",
    reason: "A header that authenticates is a password: whoever repeats it is let in.",
    fix: "Let the script read it from the environment or from a file that git does not see, and revoke this one.",
    fires: &[Example { files: &[("fetch.sh", "curl -u admin:Bra‖mble7 https://nas.lan/api/status\n")] }],
    silent: &[Example {
        files: &[("fetch.sh", "curl -u \"$USER:$PASSWORD\" -H \"Authorization: Bearer ${TOKEN}\" https://nas.lan\n")],
    }],
    check: Check::Content,
};
