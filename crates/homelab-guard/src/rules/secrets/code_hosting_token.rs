//! Tokens of the places where code lives.

use crate::rule::{Check, Example, Rule, Severity};
use crate::secrets::charset::{ALNUM, BASE64URL, TOKEN, WORD};
use crate::secrets::shape::Part::Run;
use crate::secrets::shape::{Checksum, LONG, Shape};

/// A token of GitHub, GitLab or another home of code.
pub(crate) static RULE: Rule = Rule {
    id: "secrets/code-hosting-token",
    severity: Severity::Error,
    title: "a token of GitHub, GitLab or another home of code",
    reason: "It reads private repositories and often pushes to public ones, so that everybody who runs the code runs what its finder wrote.",
    fix: "Revoke it where it was issued, make a new one, and give that to the program at run time: a Kubernetes Secret for a service, a GitHub Secret for a workflow.",
    fires: &[Example {
        files: &[(
            "release.sh",
            "curl -H \"Authorization: token ghp_nzyw2MzP0ZvzOMhfWu‖BByReQMsm9Wcz7uW9X\" https://api.github.com/user\n",
        )],
    }],
    silent: &[Example {
        files: &[(
            "README.md",
            "A token begins with `ghp_`.\nexport GITHUB_TOKEN=ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n",
        )],
    }],
    check: Check::Content,
};

/// What these tokens look like.
pub(crate) static SHAPES: &[Shape] = &[
    Shape::new("a personal access token of GitHub", "ghp_", &[Run(&ALNUM, 36, 251)]).checked(Checksum::Crc32Base62),
    Shape::new("an OAuth token of GitHub", "gho_", &[Run(&ALNUM, 36, 251)]).checked(Checksum::Crc32Base62),
    Shape::new("a user's token of a GitHub App", "ghu_", &[Run(&ALNUM, 36, 251)]).checked(Checksum::Crc32Base62),
    Shape::new("an installation token of a GitHub App", "ghs_", &[Run(&ALNUM, 36, 251)]).checked(Checksum::Crc32Base62),
    Shape::new("a refresh token of GitHub", "ghr_", &[Run(&ALNUM, 36, 251)]).checked(Checksum::Crc32Base62),
    Shape::new("a fine-grained token of GitHub", "github_pat_", &[Run(&WORD, 36, 255)]),
    Shape::new("an access token of GitLab", "glpat-", &[Run(&BASE64URL, 20, 300)]),
    Shape::new("a deploy token of GitLab", "gldt-", &[Run(&BASE64URL, 20, 300)]),
    Shape::new("a runner's token of GitLab", "glrt-", &[Run(&BASE64URL, 20, 300)]),
    Shape::new("a job's token of GitLab", "glcbt-", &[Run(&BASE64URL, 20, 300)]),
    Shape::new("a trigger token of GitLab", "glptt-", &[Run(&BASE64URL, 20, 300)]),
    Shape::new("a feed token of GitLab", "glft-", &[Run(&BASE64URL, 20, 300)]),
    Shape::new("a SCIM token of GitLab", "glsoat-", &[Run(&BASE64URL, 20, 300)]),
    Shape::new("an agent's token of GitLab", "glagent-", &[Run(&BASE64URL, 20, 300)]),
    Shape::new("an application's secret of GitLab", "gloas-", &[Run(&BASE64URL, 20, 300)]),
    Shape::new("an incoming-mail token of GitLab", "glimt-", &[Run(&BASE64URL, 20, 300)]),
    Shape::new("a runner registration token of GitLab", "GR1348941", &[Run(&BASE64URL, 20, 300)]),
    Shape::new("an app password of Bitbucket", "ATBB", &[Run(&ALNUM, 28, 32)]),
    Shape::new("an API token of Atlassian", "ATATT3xFfGF0", &[Run(&TOKEN, 100, LONG)]),
    Shape::new("an access token of Bitbucket", "ATCTT3xFfGN0", &[Run(&TOKEN, 100, LONG)]),
    Shape::new("an access token of Sourcegraph", "sgp_", &[Run(&WORD, 40, 80)]),
];
