//! Tokens of services that fit none of the other rules.

use crate::rule::{Check, Example, Rule, Severity};
use crate::secrets::charset::{ALNUM, BASE64URL, HEX, SMALL, TOKEN};
use crate::secrets::shape::Part::{Run, Text};
use crate::secrets::shape::{LONG, Shape};

/// A token of a service.
pub(crate) static RULE: Rule = Rule {
    id: "secrets/service-token",
    severity: Severity::Error,
    title: "a token of a service",
    reason: "It acts in the service as you do.",
    fix: "Revoke it where it was issued, make a new one, and give that to the program at run time: a Kubernetes Secret for a service, a GitHub Secret for a workflow.",
    fires: &[Example { files: &[("linear.txt", "lin_api_jIKeaVSTQvvpQZpPTejq‖ZHKpKENg5zfjOc6VwcbI\n")] }],
    silent: &[Example { files: &[("docs.md", "The key begins with `lin_api_`.\n")] }],
    check: Check::Content,
};

/// What these tokens look like.
pub(crate) static SHAPES: &[Shape] = &[
    Shape::new("a key of Linear", "lin_api_", &[Run(&ALNUM, 40, 40)]),
    Shape::new("a token of Notion", "ntn_", &[Run(&ALNUM, 40, 50)]),
    Shape::new("a secret of Notion", "secret_", &[Run(&ALNUM, 43, 43)]),
    Shape::new("a token of Figma", "figd_", &[Run(&BASE64URL, 40, 60)]),
    Shape::new("a key of Postman", "PMAK-", &[Run(&HEX, 24, 24), Text("-"), Run(&HEX, 34, 34)]),
    Shape::new("a token of Airtable", "pat", &[Run(&ALNUM, 14, 14), Text("."), Run(&HEX, 64, 64)]),
    Shape::new("a token of ntfy", "tk_", &[Run(&SMALL, 29, 29)]),
    Shape::new("a token of Contentful", "CFPAT-", &[Run(&BASE64URL, 43, 43)]),
    Shape::new("a token of Dropbox", "sl.", &[Run(&BASE64URL, 130, LONG)]),
    Shape::new("a token of Prefect", "pnu_", &[Run(&ALNUM, 36, 36)]),
    Shape::new("a token of ReadMe", "rdme_", &[Run(&SMALL, 70, 70)]),
    Shape::new("a token of Typeform", "tfp_", &[Run(&TOKEN, 59, 59)]),
    Shape::new("a key of Frame.io", "fio-u-", &[Run(&TOKEN, 64, 64)]),
    Shape::new("a token of Duffel", "duffel_live_", &[Run(&TOKEN, 43, 43)]),
    Shape::new("a token of EasyPost", "EZAK", &[Run(&ALNUM, 54, 54)]),
    Shape::new("a token of Intra42", "s-s4t2ud-", &[Run(&HEX, 64, 64)]),
    Shape::new("a token of Ory", "ory_", &[Run(&BASE64URL, 30, 64)]),
    Shape::new("a token of Facebook", "EAACEdEose0cBA", &[Run(&ALNUM, 20, LONG)]),
    Shape::new("a token of Buildkite", "bkua_", &[Run(&ALNUM, 40, 40)]),
];
