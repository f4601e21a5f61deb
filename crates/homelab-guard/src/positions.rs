//! Where in a text a byte stands, as people count: lines and characters from 1.

use std::ops::Range;

/// Characters are counted from marks this many bytes apart, so that a place in a line of a megabyte costs no more than
/// one in a short line.
const MARK_BYTES: usize = 256;

/// A text, and what it takes to find places in it quickly.
#[derive(Clone, Debug, Default)]
pub(crate) struct Positions {
    text: String,
    line_starts: Vec<usize>,
    /// How many characters begin before each multiple of `MARK_BYTES`.
    characters_before: Vec<usize>,
}

/// A place as people count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    /// From 1.
    pub line: u32,
    /// In characters, from 1.
    pub column: u32,
    /// How many characters it is about; a place that spans lines ends with its first.
    pub width: u32,
}

impl Positions {
    /// Looks through `text` once.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let bytes = text.as_bytes();
        let line_starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', bytes).map(|at| at + 1)).collect();
        let mut characters_before = Vec::with_capacity(bytes.len() / MARK_BYTES + 1);
        let mut characters = 0;
        for chunk in bytes.chunks(MARK_BYTES) {
            characters_before.push(characters);
            characters += chunk.iter().filter(|byte| begins_character(**byte)).count();
        }
        Self { text, line_starts, characters_before }
    }

    /// The text itself.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The place of the bytes in `range`; what lies behind the end stands at the end.
    pub(crate) fn at(&self, range: &Range<usize>) -> Position {
        let start = range.start.min(self.text.len());
        let line = self.line_starts.partition_point(|line_start| *line_start <= start).saturating_sub(1);
        let line_start = self.line_starts.get(line).copied().unwrap_or(0);
        let line_end = self.line_starts.get(line + 1).map_or(self.text.len(), |next| next - 1);
        let end = range.end.clamp(start, line_end.max(start));
        let first = self.characters_to(start);
        Position {
            line: count(line + 1),
            column: count(first - self.characters_to(line_start) + 1),
            width: count(self.characters_to(end) - first),
        }
    }

    /// How many characters begin before the byte at `offset`.
    fn characters_to(&self, offset: usize) -> usize {
        let mark = offset / MARK_BYTES;
        let Some(before) = self.characters_before.get(mark) else {
            let last = self.characters_before.len().saturating_sub(1);
            return self.characters_before.last().map_or(0, |before| before + self.begun(last * MARK_BYTES, offset));
        };
        before + self.begun(mark * MARK_BYTES, offset)
    }

    fn begun(&self, from: usize, to: usize) -> usize {
        self.text.as_bytes()[from..to].iter().filter(|byte| begins_character(**byte)).count()
    }
}

fn begins_character(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, range: Range<usize>, expected: (u32, u32, u32)) {
        let found = Positions::new(text).at(&range);
        assert_eq!((found.line, found.column, found.width), expected, "{range:?} of {text:?}");
    }

    #[test]
    fn lines_and_characters_are_counted_from_one() {
        check("ab\ncd\n", 0..1, (1, 1, 1));
        check("ab\ncd\n", 4..5, (2, 2, 1));
        check("", 0..0, (1, 1, 0));
    }

    #[test]
    fn a_character_of_several_bytes_is_one() {
        check("読む x", 7..8, (1, 4, 1));
        check("読む x", 0..6, (1, 1, 2));
    }

    #[test]
    fn a_place_over_several_lines_ends_with_its_first() {
        check("ab\ncd", 1..5, (1, 2, 1));
    }

    #[test]
    fn what_lies_behind_the_end_stands_at_the_end() {
        check("ab", 9..12, (1, 3, 0));
        check(&"a".repeat(MARK_BYTES), MARK_BYTES..MARK_BYTES + 1, (1, 257, 0));
    }

    #[test]
    fn long_lines_are_counted_as_short_ones_are() {
        let text = "é".repeat(1000);
        check(&text, 1998..2000, (1, 1000, 1));
    }
}
