//! All rules over one file, or over one tree.

use crate::finding::{Finding, Source};
use crate::rule::{Check, Report};
use crate::rules::RULES;
use crate::tree::FileTree;

/// The rules, ready to be used from several threads.
#[derive(Debug, Default)]
pub struct Guard {}

impl Guard {
    /// With all rules on.
    pub fn new() -> Self {
        Self {}
    }

    /// Secrets in one file.
    pub fn file(&self, _source: &Source, _path: &str, _bytes: &[u8]) -> Vec<Finding> {
        Vec::new()
    }

    /// What the tree as a whole does wrong.
    pub fn tree(&self, tree: &FileTree) -> Vec<Finding> {
        let mut findings = Vec::new();
        for rule in RULES.iter().copied() {
            if let Check::Tree(check) = rule.check {
                check(tree, &mut Report::new(rule, &mut findings));
            }
        }
        findings
    }
}
