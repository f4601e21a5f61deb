//! `.pgpass`, `.netrc`, Docker's configuration, Rails' master key and their like.

use crate::rule::{Check, Example, Rule, Severity};

/// A password in a file made for passwords.
pub(crate) static RULE: Rule = Rule {
    id: "secrets/credential-file",
    severity: Severity::Error,
    title: "a password in a file made for passwords",
    reason: "Such files exist so that programs need not ask. In a repository or an image they let everybody in without asking.",
    fix: "Remove the file from the repository, name it in .gitignore and .dockerignore, and change the password.",
    fires: &[
        Example { files: &[(".pgpass", "192.168.0.50:5432:yomu:yomu:Cr4nes-‖Fly-South\n")] },
        Example {
            files: &[(
                ".docker/config.json",
                "{\"auths\": {\"ghcr.io\": {\"auth\": \"bWU6V2ludGVy‖LUJvb3RzLTQy\"}}}\n",
            )],
        },
    ],
    silent: &[Example {
        files: &[(".docker/config.json", "{\"credsStore\": \"secretservice\", \"auths\": {\"ghcr.io\": {}}}\n")],
    }],
    check: Check::Content,
};
