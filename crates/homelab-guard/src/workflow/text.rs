//! A scalar of a workflow and what its file looks like around it, so that a word inside a script has a place.

use std::sync::Arc;

use crate::yaml::Place;

/// How many times the same words are told apart by place; beyond, the scalar's own place stands for them.
const OCCURRENCES_MAX: usize = 64;

/// A scalar with its place.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// As YAML reads it.
    pub text: String,
    /// Where it begins.
    pub place: Place,
    pub(super) file: Arc<str>,
    /// Where its line begins in the file.
    pub(super) line_start: usize,
}

impl Text {
    /// Where the piece of the text at `range` stands in the file.
    pub fn place_of(&self, range: &std::ops::Range<usize>) -> Place {
        let Some(piece) = self.text.get(range.clone()).map(|piece| piece.lines().next().unwrap_or("")) else {
            return self.place;
        };
        if piece.is_empty() {
            return self.place;
        }
        let number = self.text[..range.start].matches(piece).take(OCCURRENCES_MAX + 1).count();
        let from_line = &self.file[self.line_start..];
        let found = if number > OCCURRENCES_MAX { None } else { from_line.match_indices(piece).nth(number) };
        found.map_or(self.place, |(at, _)| {
            let before = &from_line[..at];
            let line_start = before.rfind('\n').map_or(0, |end| end + 1);
            Place {
                line: self.place.line.saturating_add(count(before.matches('\n').count())),
                column: count(before[line_start..].chars().count() + 1),
                width: count(piece.chars().count()),
            }
        })
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
