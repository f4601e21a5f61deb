//! Private keys in PEM, OpenSSH, PGP and PuTTY form.

use crate::rule::{Check, Example, Rule, Severity};

/// A private key.
pub(crate) static RULE: Rule = Rule {
    id: "secrets/private-key",
    severity: Severity::Error,
    title: "a private key",
    reason: "Whoever reads the file can sign, decrypt or log in as the key's owner. Deleting it later does not help: git and image layers keep it.",
    fix: "Make a new key, revoke the old one, and give the new one to the program as a mounted Kubernetes Secret.",
    fires: &[
        Example {
            files: &[(
                "deploy/id_ed25519",
                "-----BEGIN OPENSSH PRI‖VATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW\nQyNTUxOQAAACDq1cRk0Tn5wXbFzq8vJ2mYh3PsLdUoKe7GtAiVyBnR4QAAAJhx6f0zMen9\n-----END OPENSSH PRI‖VATE KEY-----\n",
            )],
        },
        Example {
            files: &[(
                "config.json",
                "{\"key\": \"-----BEGIN PRI‖VATE KEY-----\\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgVcB2nQ8tLw5xKz\\n-----END PRI‖VATE KEY-----\\n\"}\n",
            )],
        },
    ],
    silent: &[
        Example { files: &[("README.md", "A key begins with `-----BEGIN PRI‖VATE KEY-----`.\n")] },
        Example {
            files: &[(
                "ca.crt",
                "-----BEGIN CERTIFICATE-----\nMIIBdzCCAR2gAwIBAgIBADAKBggqhkjOPQQDAjAjMSEwHwYDVQQDDBhrM3Mtc2Vy\ndmVyLWNhQDE3NjcyMjU2MDAwHhcNMjYwMTAxMDAwMDAwWhcNMzUxMjMwMDAwMDAw\n-----END CERTIFICATE-----\n",
            )],
        },
    ],
    check: Check::Content,
};
