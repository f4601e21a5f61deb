//! `Server=…;Password=…`, `host=… password=…` and `?user=…&password=…`.

use crate::rule::{Check, Example, Rule, Severity};

/// A password in a connection string.
pub(crate) static RULE: Rule = Rule {
    id: "secrets/connection-string",
    severity: Severity::Error,
    title: "a password in a connection string",
    reason: "The string is all that is needed to log in to the database, and is printed by many a driver when something fails.",
    fix: "Put the whole string into a Kubernetes Secret and change the password.",
    fires: &[Example {
        files: &[(
            "appsettings.json",
            "{\"Default\": \"Server=mssql.lan;User Id=sa;Password=Yukon!‖Gold77;Encrypt=True\"}\n",
        )],
    }],
    silent: &[Example {
        files: &[("appsettings.json", "{\"Default\": \"Server=mssql.lan;Integrated Security=true\"}\n")],
    }],
    check: Check::Content,
};
