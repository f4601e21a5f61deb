//! Credentials between `://` and `@`.

use crate::rule::{Check, Example, Rule, Severity};

/// A password in an address.
pub(crate) static RULE: Rule = Rule {
    id: "secrets/url-password",
    severity: Severity::Error,
    title: "a password in an address",
    reason: "Addresses are copied into logs, error messages and issue reports, and with them what lets people into the database.",
    fix: "Put the whole address into a Kubernetes Secret (`homelab service secrets` does), and only its name into the manifest. Change the password.",
    fires: &[
        Example {
            files: &[("Dockerfile", "ENV DATABASE_URL=postgresql://yomu:k3Jq9‖vTzLw@192.168.0.50:5432/yomu\n")]
        },
        Example { files: &[(".env", "DB=postgres://u:p@ss‖@k2w9@db/x\n")] },
    ],
    silent: &[
        Example { files: &[("compose.yaml", "DATABASE_URL: postgres://${DB_USER}:${DB_PASSWORD}@db/app\n")] },
        Example { files: &[("README.md", "postgres://user:password@localhost/app and http://localhost:8080/@me\n")] },
    ],
    check: Check::Content,
};
