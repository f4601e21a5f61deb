//! What the guard found, in the three forms it is read in. Values are masked by the guard; nothing here sees one.

mod human;
mod json;
mod sarif;

use homelab_guard::{Finding, Severity, Source};

use crate::exit::Exit;
use crate::sources::{Looked, Unread};
use crate::terminal::{Format, Terminal};

/// Everything a check says, in order.
#[derive(Debug)]
pub struct Verdict {
    /// The findings, the worst first within each file.
    pub findings: Vec<Finding>,
    /// What could not be read.
    pub unread: Vec<Unread>,
    /// How many files were searched.
    pub files: u64,
    /// How many bytes they have.
    pub bytes: u64,
    /// How many more were found and are excepted.
    pub allowed: usize,
    /// From which severity on a finding makes the check fail.
    pub fails_from: Severity,
}

impl Verdict {
    /// Puts what was looked at in order.
    pub fn new(mut looked: Looked, allowed: usize, fails_from: Severity) -> Self {
        looked.findings.sort_by(|a, b| {
            (&a.location, b.rule.severity, a.rule.id, &a.message).cmp(&(
                &b.location,
                a.rule.severity,
                b.rule.id,
                &b.message,
            ))
        });
        looked.unread.sort();
        let Looked { findings, unread, files, bytes, .. } = looked;
        Self { findings, unread, files, bytes, allowed, fails_from }
    }

    /// How the check ends: what was found counts more than what could not be read.
    pub fn exit(&self) -> Exit {
        if self.findings.iter().any(|finding| finding.rule.severity >= self.fails_from) {
            Exit::Found
        } else if self.unread.is_empty() {
            Exit::Done
        } else {
            Exit::Incomplete
        }
    }

    fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.rule.severity == severity).count()
    }
}

/// Prints the verdict in the form that was asked for.
pub fn print(verdict: &Verdict, terminal: &Terminal) {
    match terminal.format {
        Format::Human => human::print(verdict, terminal),
        Format::Json => terminal.data(&json::document(verdict).to_string()),
        Format::Sarif => terminal.data(&sarif::document(verdict).to_string()),
    }
}

/// Where a version of a file comes from, in a few words; empty for the folder as it is.
fn source_words(source: &Source) -> String {
    match source {
        Source::WorkTree => String::new(),
        Source::Staged => "staged".to_string(),
        Source::Git { object, what } => format!("{what} {object}"),
        Source::Layer { layer, deleted_later: false } => format!("layer {layer}"),
        Source::Layer { layer, deleted_later: true } => format!("layer {layer}, deleted later and still there"),
        Source::ImageConfig => "image configuration".to_string(),
    }
}

#[cfg(test)]
pub(super) mod samples {
    //! A verdict for the tests of each form.

    use homelab_guard::{Location, RULES};

    use super::*;

    pub(crate) fn verdict() -> Verdict {
        let rule = RULES.iter().find(|rule| rule.severity == Severity::Error).expect("there are errors");
        let finding = |location: Location| Finding {
            rule,
            location,
            message: "`TOKEN` holds a token".to_string(),
            evidence: Some("TOKEN=ab…yz".to_string()),
        };
        let mut old = Location::at("old file.env", 1, 7, 5);
        old.source = Source::Git { object: "0123456789ab".to_string(), what: "commit" };
        let looked = Looked {
            findings: vec![finding(Location::at("b.env", 3, 7, 5)), finding(old), finding(Location::file("a.env"))],
            unread: vec![Unread { path: "locked".to_string(), reason: "permission denied".to_string() }],
            files: 12,
            bytes: 3456,
            ..Looked::default()
        };
        Verdict::new(looked, 2, Severity::Error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_come_file_by_file_and_the_folder_before_the_past() {
        let places: Vec<String> =
            samples::verdict().findings.into_iter().map(|finding| finding.location.path).collect();
        assert_eq!(places, ["a.env", "b.env", "old file.env"]);
    }

    #[test]
    fn what_was_found_counts_more_than_what_could_not_be_read() {
        let mut verdict = samples::verdict();
        assert_eq!(verdict.exit(), Exit::Found);
        verdict.findings.clear();
        assert_eq!(verdict.exit(), Exit::Incomplete);
        verdict.unread.clear();
        assert_eq!(verdict.exit(), Exit::Done);
    }
}
