//! Values whose names say that they are secret, in the syntaxes of files, commands and programs.

use crate::rule::{Check, Example, Rule, Severity};

/// A secret by its name.
pub(crate) static RULE: Rule = Rule {
    id: "secrets/named-value",
    severity: Severity::Error,
    title: "a secret by its name",
    reason: "The name says that the value is secret, and it does not look like a word that stands in for one. A password needs no randomness to be one.",
    fix: "Give it to the program at run time, and keep a name only: `${NAME}`, a `secretKeyRef`, a `*_FILE`. Change the value. Where it is no secret, allow it with a reason.",
    fires: &[
        Example { files: &[(".env", "DB_PASSWORD=hunt‖er2\n")] },
        Example {
            files: &[("settings.py", "API_TOKEN = os.getenv(\"API_TOKEN\", \"yIOk6CptT9IoQhob‖swHGETh8lMYQOymA\")\n")],
        },
    ],
    silent: &[
        Example {
            files: &[(
                ".env.example",
                "DB_PASSWORD=changeme\nAPI_TOKEN=${API_TOKEN}\nTOKEN_URL=https://example.org/token\nPASSWORD_FILE=/run/secrets/password\n",
            )],
        },
        Example { files: &[("app.yaml", "monkey: bananas7Yellow\nmax_tokens: 4096\nsecretName: yomu-tls\n")] },
    ],
    check: Check::Content,
};
