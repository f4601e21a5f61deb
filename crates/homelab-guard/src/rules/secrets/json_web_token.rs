//! JSON web tokens, plain and inside base64.

use crate::rule::{Check, Example, Rule, Severity};

/// A JSON web token.
pub(crate) static RULE: Rule = Rule {
    id: "secrets/jwt",
    severity: Severity::Error,
    title: "a JSON web token",
    reason: "Whoever holds it is the one it was made for, until it expires; those of Kubernetes service accounts may never.",
    fix: "Let it expire or sign out, and where it cannot expire change the key that it was signed with.",
    fires: &[Example {
        files: &[(
            "requests.http",
            "X-Token: eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJtZSIsImlhdCI6MTc2NzIyNTYwMH0.‖YfLWrLoevhZC0x0awirH-juQbLifxz53nCQE28_AJy7\n",
        )],
    }],
    silent: &[Example { files: &[("docs/api.md", "{\"access_token\": \"eyJ...\", \"token_type\": \"bearer\"}\n")] }],
    check: Check::Content,
};
