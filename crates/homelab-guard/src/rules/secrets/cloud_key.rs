//! Keys of AWS, Google, Azure, Cloudflare, Alibaba and their like.

use crate::rule::{Check, Example, Rule, Severity};
use crate::secrets::charset::{ALNUM, BASE64, BASE64URL, CAPITALS, DIGITS, HEX, TOKEN};
use crate::secrets::shape::Part::{Run, Text};
use crate::secrets::shape::{LONG, Shape};

/// A key of a cloud.
pub(crate) static RULE: Rule = Rule {
    id: "secrets/cloud-key",
    severity: Severity::Error,
    title: "a key of a cloud",
    reason: "It costs money within minutes: keys in public repositories are found by machines and spent on mining.",
    fix: "Revoke it where it was issued, make a new one, and give that to the program at run time: a Kubernetes Secret for a service, a GitHub Secret for a workflow.",
    fires: &[Example { files: &[("deploy.md", "The bucket is written with AKIAFOGO6MVN‖6A6WFHYM.\n")] }],
    silent: &[Example { files: &[("docs.md", "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\n")] }],
    check: Check::Content,
};

/// What these tokens look like.
pub(crate) static SHAPES: &[Shape] = &[
    Shape::new("an access key of AWS", "AKIA", &[Run(&CAPITALS, 16, 16)]),
    Shape::new("an access key of AWS", "ASIA", &[Run(&CAPITALS, 16, 16)]),
    Shape::new("an access key of AWS", "ABIA", &[Run(&CAPITALS, 16, 16)]),
    Shape::new("an access key of AWS", "ACCA", &[Run(&CAPITALS, 16, 16)]),
    Shape::new("a Bedrock key of AWS", "ABSK", &[Run(&BASE64, 109, 269)]),
    Shape::new("an API key of Google", "AIza", &[Run(&BASE64URL, 35, 35)]),
    Shape::new("an OAuth client secret of Google", "GOCSPX-", &[Run(&BASE64URL, 28, 28)]),
    Shape::new("an access token of Google", "ya29.", &[Run(&BASE64URL, 40, LONG)]),
    Shape::new("a client secret of Azure", "8Q~", &[Run(&TOKEN, 31, 37)]).after(Run(&ALNUM, 3, 3)),
    Shape::new("a client secret of Azure", "7Q~", &[Run(&TOKEN, 31, 37)]).after(Run(&ALNUM, 3, 3)),
    Shape::new("an origin key of Cloudflare", "v1.0-", &[Run(&HEX, 24, 24), Text("-"), Run(&ALNUM, 140, 150)]),
    Shape::new("an access key of Alibaba", "LTAI", &[Run(&ALNUM, 16, 26)]),
    Shape::new("an access key of Tencent", "AKID", &[Run(&ALNUM, 32, 36)]),
    Shape::new("an API key of Yandex", "AQVN", &[Run(&BASE64URL, 35, 38)]),
    Shape::new("an application key of Backblaze", "K00", &[Run(&DIGITS, 1, 1), Run(&BASE64, 27, 27)]),
    Shape::new("a token of Databricks", "dapi", &[Run(&HEX, 32, 32)]),
];
