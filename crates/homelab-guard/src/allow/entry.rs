//! One exception, and which findings it covers.

use std::collections::HashMap;

use jiff::civil::Date;
use regex::Regex;

use super::Standing;
use crate::finding::{Finding, Location};

/// One exception.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// The rule that it is for, as it was written.
    pub(super) rule: String,
    /// Why.
    pub(super) reason: String,
    /// The last day on which it counts.
    pub(super) expires: Option<Date>,
    /// Where it is written.
    pub(super) location: Location,
    /// What it covers.
    pub(super) covers: Covers,
}

/// What an exception covers.
#[derive(Clone, Debug)]
pub(super) enum Covers {
    /// Lines of the file in which the comment stands, and what is said about that file as a whole.
    Lines(Vec<u32>),
    /// Files by their paths; of those one finding, where its fingerprint is given.
    Paths { pattern: Regex, fingerprint: Option<String>, standing: Standing },
}

impl Covers {
    /// Whether everything that could be covered was looked at, if all of what lies below was.
    pub(super) fn is_all_in_sight(&self) -> bool {
        match self {
            Self::Lines(_) => true,
            Self::Paths { standing, .. } => *standing == Standing::default(),
        }
    }
}

/// The exceptions, by the files in which they may be.
pub(super) struct ByPath<'a> {
    comments: HashMap<&'a str, Vec<usize>>,
    patterns: Vec<usize>,
}

impl<'a> ByPath<'a> {
    pub(super) fn new(entries: &'a [Entry]) -> Self {
        let mut by_path = Self { comments: HashMap::new(), patterns: Vec::new() };
        for (index, entry) in entries.iter().enumerate() {
            match entry.covers {
                Covers::Lines(_) => by_path.comments.entry(entry.location.path.as_str()).or_default().push(index),
                Covers::Paths { .. } => by_path.patterns.push(index),
            }
        }
        by_path
    }

    /// The exception that covers `finding`.
    pub(super) fn covering(&self, entries: &[Entry], finding: &Finding) -> Option<usize> {
        let beside = self.comments.get(finding.location.path.as_str()).map_or(&[][..], Vec::as_slice);
        beside.iter().chain(&self.patterns).copied().find(|index| entries[*index].covers(finding))
    }
}

impl Entry {
    fn covers(&self, finding: &Finding) -> bool {
        if self.rule != finding.rule.id {
            return false;
        }
        match &self.covers {
            Covers::Lines(lines) => {
                let same_file =
                    self.location.path == finding.location.path && self.location.source == finding.location.source;
                same_file && (finding.location.line == 0 || lines.contains(&finding.location.line))
            }
            Covers::Paths { pattern, fingerprint, standing } => {
                let path = standing.path_of(&finding.location.path);
                // It may have been copied from a look at the whole, or from one at this part.
                let same = fingerprint.as_ref().is_none_or(|fingerprint| {
                    *fingerprint == finding.fingerprint() || *fingerprint == finding.fingerprint_at(&path)
                });
                same && pattern.is_match(&path)
            }
        }
    }
}

/// `*` and `?` within a folder, `**` over folders; a pattern without `/` is the name of a file anywhere.
pub(super) fn pattern(glob: &str) -> Option<Regex> {
    /// Compiled patterns are kept small: a glob is a path, not a program.
    const GLOB_BYTES_MAX: usize = 512;
    if glob.is_empty() || glob.len() > GLOB_BYTES_MAX {
        return None;
    }
    let anywhere = if glob.contains('/') { "" } else { "(?:.*/)?" };
    let mut translated = format!("^{anywhere}");
    let mut rest = glob.trim_start_matches("./");
    while let Some(first) = rest.chars().next() {
        let (text, length) = match first {
            '*' if rest.starts_with("**/") => ("(?:.*/)?".to_string(), 3),
            '*' if rest.starts_with("**") => (".*".to_string(), 2),
            '*' => ("[^/]*".to_string(), 1),
            '?' => ("[^/]".to_string(), 1),
            _ => (regex::escape(&first.to_string()), first.len_utf8()),
        };
        translated.push_str(&text);
        rest = &rest[length..];
    }
    translated.push('$');
    Regex::new(&translated).ok()
}
