//! Exceptions: findings that somebody has looked at and accepts, for a reason and until a day.
//!
//! There are two places for them. A comment on the line, or on a line of its own above it:
//!
//! ```text
//! # homelab:allow RULE until 2027-01-31: the reason
//! ```
//!
//! And an entry in [`ALLOW_FILE`], for what has no comments or would need many:
//!
//! ```toml
//! [[allow]]
//! rule = "secrets/private-key"
//! path = "tests/fixtures/*.key"
//! reason = "made for the tests and used nowhere else"
//! expires = 2027-01-31
//! ```
//!
//! Its paths count from the folder in which it stands, also where only a part of that folder is looked at.
//!
//! An exception without a reason or a day, for a rule that does not exist, past its day or without use is a finding itself.

mod entry;
mod file;
mod pragma;

use jiff::civil::Date;

use crate::finding::{Finding, Location, Source};
use crate::rule::Rule;
use crate::rules::{RULES, allow};
use entry::Entry;

/// Where exceptions are written down for many files, at the top of the tree.
pub const ALLOW_FILE: &str = ".homelab-allow.toml";

/// Where an allow file stands, seen from what is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// What the paths of findings begin with and those in the file do not, such as `../other/`.
    pub cut: String,
    /// What the paths in the file begin with and those of findings do not, such as `apps/yomu/`.
    pub below: String,
}

/// The exceptions of one check.
#[derive(Clone, Debug, Default)]
pub struct Allowances {
    entries: Vec<Entry>,
    problems: Vec<Finding>,
}

/// What a check has seen, and so what can be said about exceptions without use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Everything: an exception that covers nothing has no use.
    Everything,
    /// Only a part, such as the staged files: the rest may need the exceptions.
    APart,
}

/// What is left of the findings.
#[derive(Clone, Debug, Default)]
pub struct Settled {
    /// What must be looked at, with what is wrong about the exceptions themselves.
    pub findings: Vec<Finding>,
    /// What is excepted.
    pub allowed: Vec<Finding>,
}

impl Standing {
    /// The path of a finding as the allow file writes it.
    fn path_of(&self, path: &str) -> String {
        format!("{}{}", self.below, path.strip_prefix(self.cut.as_str()).unwrap_or(path))
    }
}

impl Allowances {
    /// Reads an allow file, which is called `path`.
    pub fn read_file(&mut self, path: &str, text: &str, standing: &Standing) {
        let (entries, problems) = file::read(path, text, standing);
        self.entries.extend(entries);
        self.problems.extend(problems);
    }

    /// Reads the comments in a file. Findings are covered in the same version of it only.
    pub fn read_comments(&mut self, source: &Source, path: &str, bytes: &[u8]) {
        let (entries, problems) = pragma::read(source, path, bytes);
        self.entries.extend(entries);
        self.problems.extend(problems);
    }

    /// Takes over what another thread has read.
    pub fn merge(&mut self, other: Self) {
        self.entries.extend(other.entries);
        self.problems.extend(other.problems);
    }

    /// Parts the findings into those that are excepted on the day `today` and the rest.
    pub fn settle(mut self, findings: Vec<Finding>, today: Date, seen: Seen) -> Settled {
        let mut settled = Settled::default();
        let mut valid = Vec::with_capacity(self.entries.len());
        for entry in std::mem::take(&mut self.entries) {
            match fault(&entry, today) {
                Some((rule, message)) => self.problems.push(problem(rule, &entry.location, message)),
                None => valid.push(entry),
            }
        }
        let by_path = entry::ByPath::new(&valid);
        let mut used = vec![false; valid.len()];
        for finding in findings {
            match by_path.covering(&valid, &finding) {
                Some(index) => {
                    used[index] = true;
                    settled.allowed.push(finding);
                }
                None => settled.findings.push(finding),
            }
        }
        if seen == Seen::Everything {
            for (entry, _) in valid.iter().zip(used).filter(|(entry, used)| !used && entry.covers.is_all_in_sight()) {
                let message = format!("the exception for `{}` covers nothing any more", entry.rule);
                self.problems.push(problem(&allow::unused::RULE, &entry.location, message));
            }
        }
        settled.findings.extend(self.problems);
        settled
    }
}

/// Why an exception does not count.
fn fault(entry: &Entry, today: Date) -> Option<(&'static Rule, String)> {
    let Some(rule) = RULES.iter().find(|rule| rule.id == entry.rule) else {
        return Some((
            &allow::unknown_rule::RULE,
            format!("there is no rule `{}`{}", entry.rule, nearest(&entry.rule)),
        ));
    };
    if rule.id.starts_with("allow/") {
        return Some((&allow::unknown_rule::RULE, format!("`{}` is about exceptions and has none itself", rule.id)));
    }
    if entry.reason.trim().is_empty() {
        return Some((&allow::no_reason::RULE, format!("the exception for `{}` has no reason", rule.id)));
    }
    match entry.expires {
        None => Some((&allow::no_expiry::RULE, format!("the exception for `{}` has no day on which it ends", rule.id))),
        Some(day) if day < today => {
            Some((&allow::expired::RULE, format!("the exception for `{}` ended on {day}", rule.id)))
        }
        Some(_) => None,
    }
}

/// A rule whose name ends alike, for those who left out the area.
fn nearest(name: &str) -> String {
    let last = name.rsplit('/').next().unwrap_or(name);
    let found = RULES.iter().find(|rule| rule.id.rsplit('/').next() == Some(last));
    found.map_or_else(String::new, |rule| format!("; `{}` is called so", rule.id))
}

fn problem(rule: &'static Rule, location: &Location, message: String) -> Finding {
    Finding { rule, location: location.clone(), message, evidence: None }
}

#[cfg(test)]
mod tests;
