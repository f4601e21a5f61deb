//! The private half of an age key pair.

use crate::rule::{Check, Example, Rule, Severity};
use crate::secrets::charset::CAPITALS;
use crate::secrets::shape::Part::Run;
use crate::secrets::shape::Shape;

/// An age identity.
pub(crate) static RULE: Rule = Rule {
    id: "secrets/age-key",
    severity: Severity::Error,
    title: "an age identity",
    reason: "It decrypts every file that was encrypted for it, those of SOPS included: one leaked line opens the whole repository, with all of its history.",
    fix: "Make a new identity with `age-keygen`, encrypt the files for it, and change every secret that was in them.",
    fires: &[Example {
        files: &[("keys.txt", "AGE-SECRET-‖KEY-15FERYXHRDZ9M6Y09MR8WRERWZGJ6F8NTXVHXYRDLM5AAHN0T09NL4UJY86\n")],
    }],
    silent: &[Example {
        files: &[(".sops.yaml", "age: age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p\n")],
    }],
    check: Check::Content,
};

/// What these tokens look like.
pub(crate) static SHAPES: &[Shape] = &[Shape::new("an age identity", "AGE-SECRET-KEY-1", &[Run(&CAPITALS, 58, 58)])];
