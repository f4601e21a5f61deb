//! Passwords behind options of commands.

use crate::rule::{Check, Example, Rule, Severity};

/// A password typed into a command.
pub(crate) static RULE: Rule = Rule {
    id: "secrets/command-line-password",
    severity: Severity::Error,
    title: "a password typed into a command",
    reason: "Besides the file, everybody on the machine sees it in the list of processes, and it stays in the shell's history.",
    fix: "Give it by standard input, by a file or by the environment: `--password-stdin`, `sshpass -e`, `PGPASSWORD`, `mysql --defaults-extra-file`.",
    fires: &[Example { files: &[("dump.sh", "mysqldump -u root -pS4lt‖Lamp nextcloud > /backup/nextcloud.sql\n")] }],
    silent: &[Example {
        files: &[("dump.sh", "mysqldump -u root -p nextcloud\ndocker login --username me --password-stdin ghcr.io\n")],
    }],
    check: Check::Content,
};
