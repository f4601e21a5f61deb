//! Tokens of hosts: Fly, Heroku, DigitalOcean, Netlify, Supabase and their like.

use crate::rule::{Check, Example, Rule, Severity};
use crate::secrets::charset::{ALNUM, BASE64, BASE64URL, HEX, SMALL, TOKEN, WORD};
use crate::secrets::shape::Part::Run;
use crate::secrets::shape::{LONG, Shape};

/// A token of a host of applications.
pub(crate) static RULE: Rule = Rule {
    id: "secrets/hosting-token",
    severity: Severity::Error,
    title: "a token of a host of applications",
    reason: "It deploys, reads the environment of every application, and so all other secrets.",
    fix: "Revoke it where it was issued, make a new one, and give that to the program at run time: a Kubernetes Secret for a service, a GitHub Secret for a workflow.",
    fires: &[Example {
        files: &[("deploy.txt", "dop_v1_f5da2cec255404e4fb440034d6608697‖a8d41bed440e50454f31af3176813e02\n")],
    }],
    silent: &[Example { files: &[("docs.md", "Tokens begin with `dop_v1_`.\n")] }],
    check: Check::Content,
};

/// What these tokens look like.
pub(crate) static SHAPES: &[Shape] = &[
    Shape::new("a personal token of DigitalOcean", "dop_v1_", &[Run(&HEX, 64, 64)]),
    Shape::new("an OAuth token of DigitalOcean", "doo_v1_", &[Run(&HEX, 64, 64)]),
    Shape::new("a refresh token of DigitalOcean", "dor_v1_", &[Run(&HEX, 64, 64)]),
    Shape::new("a token of Fly", "FlyV1 fm", &[Run(&TOKEN, 40, LONG)]),
    Shape::new("a token of Fly", "fm1r_", &[Run(&BASE64, 80, LONG)]),
    Shape::new("a token of Fly", "fm1a_", &[Run(&BASE64, 80, LONG)]),
    Shape::new("a token of Fly", "fm2_", &[Run(&BASE64, 80, LONG)]),
    Shape::new("a token of Fly", "fo1_", &[Run(&WORD, 43, 43)]),
    Shape::new("a key of Heroku", "HRKU-", &[Run(&BASE64URL, 36, 70)]),
    Shape::new("a token of Netlify", "nfp_", &[Run(&ALNUM, 36, 40)]),
    Shape::new("a token of Supabase", "sbp_", &[Run(&HEX, 40, 40)]),
    Shape::new("a secret key of Supabase", "sb_secret_", &[Run(&BASE64URL, 22, 60)]),
    Shape::new("a token of PlanetScale", "pscale_tkn_", &[Run(&TOKEN, 32, 64)]),
    Shape::new("a password of PlanetScale", "pscale_pw_", &[Run(&TOKEN, 32, 64)]),
    Shape::new("an OAuth token of PlanetScale", "pscale_oauth_", &[Run(&TOKEN, 32, 64)]),
    Shape::new("a key of Render", "rnd_", &[Run(&ALNUM, 28, 40)]),
    Shape::new("a token of Vercel", "vcp_", &[Run(&ALNUM, 40, 64)]),
    Shape::new("a key of Neon", "napi_", &[Run(&SMALL, 60, 70)]),
    Shape::new("a token of Portainer", "ptr_", &[Run(&BASE64, 40, 48)]),
];
