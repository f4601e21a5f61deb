//! Tokens of npm, PyPI, RubyGems, crates.io, NuGet, Docker Hub and their like.

use crate::rule::{Check, Example, Rule, Severity};
use crate::secrets::charset::{ALNUM, BASE64URL, HEX, SMALL, WORD};
use crate::secrets::shape::Part::Run;
use crate::secrets::shape::{Checksum, LONG, Shape};

/// A token of a package registry.
pub(crate) static RULE: Rule = Rule {
    id: "secrets/registry-token",
    severity: Severity::Error,
    title: "a token of a package registry",
    reason: "It publishes packages and images in your name, to everybody who depends on them.",
    fix: "Revoke it where it was issued, make a new one, and give that to the program at run time: a Kubernetes Secret for a service, a GitHub Secret for a workflow.",
    fires: &[Example {
        files: &[(".npmrc", "//registry.npmjs.org/:_authToken=npm_7j58M1cIaHZcUEqPbE‖NqTyH5xJ8tpqXJQ4I9\n")],
    }],
    silent: &[Example { files: &[(".npmrc", "//registry.npmjs.org/:_authToken=${NPM_TOKEN}\n")] }],
    check: Check::Content,
};

/// What these tokens look like.
pub(crate) static SHAPES: &[Shape] = &[
    Shape::new("a token of npm", "npm_", &[Run(&ALNUM, 36, 36)]).checked(Checksum::Crc32Base62),
    Shape::new("a token of PyPI", "pypi-", &[Run(&BASE64URL, 60, LONG)]),
    Shape::new("a key of RubyGems", "rubygems_", &[Run(&HEX, 48, 48)]),
    Shape::new("a personal token of Docker Hub", "dckr_pat_", &[Run(&BASE64URL, 27, 27)]),
    Shape::new("an organisation's token of Docker Hub", "dckr_oat_", &[Run(&BASE64URL, 27, 40)]),
    Shape::new("a token of crates.io", "cio", &[Run(&ALNUM, 32, 32)]),
    Shape::new("a token of Clojars", "CLOJARS_", &[Run(&SMALL, 60, 60)]),
    Shape::new("a key of NuGet", "oy2", &[Run(&SMALL, 43, 43)]),
    Shape::new("a key of Artifactory", "AKCp", &[Run(&ALNUM, 60, 75)]),
    Shape::new("a reference token of Artifactory", "cmVmdGtu", &[Run(&ALNUM, 50, 64)]),
    Shape::new("a token of Packagist", "packagist_", &[Run(&WORD, 60, 90)]),
    Shape::new("a token of JSR", "jsr_", &[Run(&ALNUM, 36, 64)]),
];
