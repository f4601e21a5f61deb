//! All rules over one file, or over one tree.

use std::collections::HashSet;

use crate::finding::{Finding, Location, Source};
use crate::image::Image;
use crate::rule::{Check, Report};
use crate::rules::RULES;
use crate::secrets::{self, Anchors};
use crate::tree::FileTree;

/// The rules, ready to be used from several threads.
#[derive(Debug)]
pub struct Guard {
    anchors: Anchors,
}

impl Guard {
    /// With all rules on.
    pub fn new() -> Self {
        Self { anchors: Anchors::new() }
    }

    /// Secrets in one file, each told once.
    pub fn file(&self, source: &Source, path: &str, bytes: &[u8]) -> Vec<Finding> {
        self.window(source, path, bytes, 1)
    }

    /// Secrets in a part of a file that is too large to be read at once; `first_line` is the number of its first line.
    ///
    /// Whoever cuts a file lets each part begin a few lines before the end of the one before, so that a secret on the cut is
    /// whole in one of them; what both tell has the same rule and place.
    pub fn window(&self, source: &Source, path: &str, bytes: &[u8], first_line: u32) -> Vec<Finding> {
        secrets::file(&self.anchors, source, path, bytes, first_line)
    }

    /// What the tree as a whole does wrong.
    pub fn tree(&self, tree: &FileTree) -> Vec<Finding> {
        let mut findings = Vec::new();
        for rule in RULES.iter().copied() {
            if let Check::Tree(check) = rule.check {
                check(tree, &mut Report::new(rule, &mut findings));
            }
        }
        without_repetitions(findings)
    }

    /// What a built image does wrong: its configuration, searched for secrets too, and the names in its layers. The contents of
    /// its files are the business of [`Guard::file`].
    pub fn image(&self, image: &Image) -> Vec<Finding> {
        let text = image.config.text().as_bytes();
        let mut findings = self.file(&Source::ImageConfig, "image configuration", text);
        for rule in RULES.iter().copied() {
            if let Check::Image(check) = rule.check {
                check(image, &mut Report::new(rule, &mut findings));
            }
        }
        without_repetitions(findings)
    }
}

impl Default for Guard {
    fn default() -> Self {
        Self::new()
    }
}

/// A manifest that stands in two overlays is wrong in both, and told once.
fn without_repetitions(mut findings: Vec<Finding>) -> Vec<Finding> {
    let mut seen = HashSet::new();
    findings.retain(|finding| {
        let Location { path, line, column, .. } = &finding.location;
        seen.insert((finding.rule.id, path.clone(), *line, *column, finding.message.clone()))
    });
    findings
}
