//! Tokens of Grafana, Sentry, New Relic, Dynatrace and their like.

use crate::rule::{Check, Example, Rule, Severity};
use crate::secrets::charset::{ALNUM, ANY_HEX, BASE64, BASE64URL, CAPITALS, HEX, SMALL};
use crate::secrets::shape::Part::{Run, Text};
use crate::secrets::shape::{LONG, Shape};

/// A token of an observability service.
pub(crate) static RULE: Rule = Rule {
    id: "secrets/observability-token",
    severity: Severity::Error,
    title: "a token of an observability service",
    reason: "Logs and traces hold names, addresses and often more secrets; with the token they can be read, or drowned in noise.",
    fix: "Revoke it where it was issued, make a new one, and give that to the program at run time: a Kubernetes Secret for a service, a GitHub Secret for a workflow.",
    fires: &[Example { files: &[("dash.txt", "glsa_F7eBSdE0g9cRYN68‖7NElFJvhQ8XIm0og_83b7ffc0\n")] }],
    silent: &[Example {
        files: &[(
            "sentry.js",
            "Sentry.init({ dsn: \"https://50fec94dbca3a0aac36098b2cc2bd818@o123456.ingest.sentry.io/4501234567890\" });\n",
        )],
    }],
    check: Check::Content,
};

/// What these tokens look like.
pub(crate) static SHAPES: &[Shape] = &[
    Shape::new("a service account's token of Grafana", "glsa_", &[Run(&ALNUM, 32, 32), Text("_"), Run(&ANY_HEX, 8, 8)]),
    Shape::new("a token of Grafana Cloud", "glc_", &[Run(&BASE64, 32, 400)]),
    Shape::new("a key of Grafana", "eyJrIjoi", &[Run(&BASE64, 60, 400)]),
    Shape::new("an organisation's token of Sentry", "sntrys_", &[Run(&BASE64, 60, LONG)]),
    Shape::new("a user's token of Sentry", "sntryu_", &[Run(&HEX, 64, 64)]),
    Shape::new("a user's key of New Relic", "NRAK-", &[Run(&CAPITALS, 27, 27)]),
    Shape::new("an ingest key of New Relic", "NRII-", &[Run(&BASE64URL, 32, 32)]),
    Shape::new("a license key of New Relic", "NRAL", &[Run(&ALNUM, 36, 36)]).after(Run(&HEX, 36, 36)),
    Shape::new("a token of Dynatrace", "dt0c01.", &[Run(&CAPITALS, 24, 24), Text("."), Run(&CAPITALS, 64, 64)]),
    Shape::new("a key of Honeycomb", "hcaik_", &[Run(&SMALL, 58, 58)]),
    Shape::new("a token of Uptime Kuma", "uk1_", &[Run(&BASE64URL, 36, 64)]),
    Shape::new("a key of PostHog", "phx_", &[Run(&ALNUM, 40, 60)]),
];
