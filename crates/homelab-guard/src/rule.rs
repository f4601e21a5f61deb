//! What a rule is: everything about one thing that must not be, in one value.

use std::fmt;

use crate::finding::{Finding, Location};
use crate::image::Image;
use crate::tree::FileTree;

/// A thing that must not be, how to see it, and what to do about it. The documentation, `--explain`, SARIF and the tests
/// all follow from this value.
pub struct Rule {
    /// How people and allow files name it: `area/what-is-wrong`, for ever the same.
    pub id: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in a few words.
    pub title: &'static str,
    /// Why that is bad, for somebody who has not thought about it before.
    pub reason: &'static str,
    /// What to do.
    pub fix: &'static str,
    /// Small trees in which the rule finds something; the first shows it in the documentation.
    pub fires: &'static [Example],
    /// Small trees in which it must stay silent.
    pub silent: &'static [Example],
    /// How to see it.
    pub check: Check,
}

/// How bad a finding is, and so what it does to the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; never fails a check.
    Note,
    /// To be mended or allowed with a reason; fails a check only where it is asked for.
    Warning,
    /// Must not be published.
    Error,
}

/// A few files, for the tests and the documentation. In contents, each `‖` is taken out before use: the sources of the guard
/// hold no secret themselves, not even a made-up one that another scanner would stop at.
pub struct Example {
    /// Path and content of each file.
    pub files: &'static [(&'static str, &'static str)],
}

/// How a rule looks at what it is given.
pub enum Check {
    /// Found while looking at each file's bytes, by the one pass that looks for all secrets at once.
    Content,
    /// Found while the findings are compared with the exceptions, by [`Allowances`](crate::Allowances).
    Exceptions,
    /// Looks at a whole tree: Dockerfiles, build contexts, manifests, workflows, paths.
    Tree(fn(&FileTree, &mut Report<'_>)),
    /// Looks at a built image: its configuration and the names in its layers.
    Image(fn(&Image, &mut Report<'_>)),
}

/// Where the check of one rule puts what it finds.
pub struct Report<'a> {
    rule: &'static Rule,
    findings: &'a mut Vec<Finding>,
}

impl<'a> Report<'a> {
    /// For the findings of `rule`.
    pub fn new(rule: &'static Rule, findings: &'a mut Vec<Finding>) -> Self {
        Self { rule, findings }
    }

    /// Adds a finding: `message` names the thing, without its value.
    pub fn add(&mut self, location: Location, message: impl Into<String>) {
        self.findings.push(Finding { rule: self.rule, location, message: message.into(), evidence: None });
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.id)
    }
}
