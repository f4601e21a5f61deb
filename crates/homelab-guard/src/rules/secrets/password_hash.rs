//! Hashes of bcrypt, Argon2, crypt, htpasswd, PostgreSQL and LDAP.

use crate::rule::{Check, Example, Rule, Severity};

/// The hash of a password.
pub(crate) static RULE: Rule = Rule {
    id: "secrets/password-hash",
    severity: Severity::Error,
    title: "the hash of a password",
    reason: "Anybody may guess against it, as fast as their hardware goes and without being noticed. Passwords that people choose fall.",
    fix: "Keep the hash in a Secret, and change the password if others could read it.",
    fires: &[Example { files: &[(".htpasswd", "me:$apr1$770h‖2dcP$yGOJJhrG80usp2w5dFjxCA\n")] }],
    silent: &[Example { files: &[("docs.md", "The file holds lines such as `me:$apr1$...`.\n")] }],
    check: Check::Content,
};
