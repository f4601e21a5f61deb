//! What one recogniser found, before one finding is made of all that found the same secret.

use std::ops::Range;

use crate::rule::Rule;
use crate::rules::secrets::RULES;

/// What one recogniser found.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    /// The rule that it breaks.
    pub(crate) rule: &'static Rule,
    /// The secret itself, without what surrounds it.
    pub(crate) range: Range<usize>,
    /// One sentence that names the thing.
    pub(crate) message: String,
}

impl Candidate {
    /// With a place in the table, which is how specific its rule is.
    fn rank(&self) -> usize {
        RULES.iter().position(|rule| std::ptr::eq(*rule, self.rule)).unwrap_or(RULES.len())
    }
}

/// One candidate for each secret, in the order of their places: of those that overlap, the one whose rule stands first in the
/// table.
pub(crate) fn settle(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.sort_by_key(|candidate| (candidate.range.start, candidate.range.end));
    let mut settled: Vec<Candidate> = Vec::with_capacity(candidates.len());
    // The furthest end among those that overlap, so that a long secret swallows several short ones.
    let mut reached = 0;
    for candidate in candidates {
        match settled.last_mut() {
            Some(last) if candidate.range.start < reached => {
                reached = reached.max(candidate.range.end);
                if candidate.rank() < last.rank() {
                    *last = candidate;
                }
            }
            _ => {
                reached = candidate.range.end;
                settled.push(candidate);
            }
        }
    }
    settled
}
