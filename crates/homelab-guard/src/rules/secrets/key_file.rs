//! Key stores and password databases, by their names alone.

use crate::rule::{Check, Example, Rule, Severity};

/// A file of keys.
pub(crate) static RULE: Rule = Rule {
    id: "secrets/key-file",
    severity: Severity::Error,
    title: "a file of keys",
    reason: "Key stores and password databases are protected by one password at best, which can be guessed at leisure.",
    fix: "Remove it from the repository and the build context, and mount it from a Secret; replace the keys in it.",
    fires: &[Example { files: &[("certs/site.p12", "PK‖CS12")] }],
    silent: &[Example { files: &[("certs/site.crt", "-----BEGIN CERTIFICATE-----\n")] }],
    check: Check::Content,
};
