//! Tokens of Vault, Doppler, 1Password, Infisical, Terraform Cloud and Pulumi.

use crate::rule::{Check, Example, Rule, Severity};
use crate::secrets::charset::{ALNUM, BASE64URL, CAPITALS, HEX, NAME, TOKEN};
use crate::secrets::shape::Part::{Run, Text};
use crate::secrets::shape::{LONG, Shape};

/// A token of a store of secrets.
pub(crate) static RULE: Rule = Rule {
    id: "secrets/secret-store-token",
    severity: Severity::Error,
    title: "a token of a store of secrets",
    reason: "It opens the place where all other secrets lie.",
    fix: "Revoke it where it was issued, make a new one, and give that to the program at run time: a Kubernetes Secret for a service, a GitHub Secret for a workflow.",
    fires: &[Example { files: &[("bootstrap.log", "Initial Root Token: hvs.cUngmgMsRcgi‖zeg8Psh4487Q\n")] }],
    silent: &[Example { files: &[("values.yaml", "token: vault:secret/data/app#token\n")] }],
    check: Check::Content,
};

/// What these tokens look like.
pub(crate) static SHAPES: &[Shape] = &[
    Shape::new("a token of Vault", "hvs.", &[Run(&BASE64URL, 24, 300)]),
    Shape::new("a batch token of Vault", "hvb.", &[Run(&BASE64URL, 100, LONG)]),
    Shape::new("a recovery token of Vault", "hvr.", &[Run(&BASE64URL, 24, 300)]),
    Shape::new("a token of Doppler", "dp.pt.", &[Run(&NAME, 40, 80)]),
    Shape::new("a token of Doppler", "dp.st.", &[Run(&NAME, 40, 80)]),
    Shape::new("a token of Doppler", "dp.ct.", &[Run(&NAME, 40, 80)]),
    Shape::new("a token of Doppler", "dp.sa.", &[Run(&NAME, 40, 80)]),
    Shape::new("a token of Doppler", "dp.scim.", &[Run(&NAME, 40, 80)]),
    Shape::new("a token of Doppler", "dp.audit.", &[Run(&NAME, 40, 80)]),
    Shape::new("a service account's token of 1Password", "ops_eyJ", &[Run(&TOKEN, 200, LONG)]),
    Shape::new(
        "a secret key of 1Password",
        "A3-",
        &[
            Run(&CAPITALS, 6, 6),
            Text("-"),
            Run(&CAPITALS, 6, 11),
            Text("-"),
            Run(&CAPITALS, 5, 6),
            Text("-"),
            Run(&CAPITALS, 5, 5),
            Text("-"),
            Run(&CAPITALS, 5, 5),
        ],
    ),
    Shape::new("a token of Terraform Cloud", ".atlasv1.", &[Run(&BASE64URL, 60, 80)]).after(Run(&ALNUM, 14, 14)),
    Shape::new("a token of Pulumi", "pul-", &[Run(&HEX, 40, 40)]),
    Shape::new(
        "a client secret of Infisical",
        "st.",
        &[Run(&HEX, 24, 24), Text("."), Run(&HEX, 32, 32), Text("."), Run(&HEX, 32, 32)],
    ),
];
