//! From bytes to lines and columns, for places that come in order: each byte is looked at once, however long the line is.

use std::ops::Range;

/// Counts lines and characters on the way through a text.
pub(crate) struct Places<'a> {
    text: &'a [u8],
    at: usize,
    line: u32,
    column: u32,
}

/// A place as people count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// From the first line that was given.
    pub(crate) line: u32,
    /// In characters, from 1.
    pub(crate) column: u32,
    /// How many characters on that line.
    pub(crate) width: u32,
}

impl<'a> Places<'a> {
    /// At the beginning of `text`, whose first line has the number `line`.
    pub(crate) fn new(text: &'a [u8], line: u32) -> Self {
        Self { text, at: 0, line, column: 1 }
    }

    /// The place of `range`, which begins no earlier than the one before.
    pub(crate) fn next(&mut self, range: &Range<usize>) -> Place {
        let skipped = &self.text[self.at..range.start.max(self.at)];
        let ends = memchr::memchr_iter(b'\n', skipped).count();
        let tail = memchr::memrchr(b'\n', skipped).map_or(skipped, |last| &skipped[last + 1..]);
        self.line = self.line.saturating_add(number(ends));
        self.column = if ends > 0 { 1 } else { self.column }.saturating_add(characters(tail));
        self.at += skipped.len();
        let inside = &self.text[self.at..range.end.max(self.at)];
        let first_line = &inside[..memchr::memchr2(b'\n', b'\r', inside).unwrap_or(inside.len())];
        Place { line: self.line, column: self.column, width: characters(first_line) }
    }
}

fn characters(text: &[u8]) -> u32 {
    number(text.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count())
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_in_characters_and_go_on_from_the_last() {
        let text = "読 a\nb\r\ncd".as_bytes();
        let mut places = Places::new(text, 10);
        assert_eq!(places.next(&(4..5)), Place { line: 10, column: 3, width: 1 });
        assert_eq!(places.next(&(6..8)), Place { line: 11, column: 1, width: 1 });
        assert_eq!(places.next(&(9..11)), Place { line: 12, column: 1, width: 2 });
        assert_eq!(places.next(&(10..11)), Place { line: 12, column: 2, width: 1 });
    }
}
