//! Physical lines joined to logical ones: an escape character at the end of a line continues it; comments and empty lines
//! in between are dropped. BuildKit's `parser.go` has the rules.

use std::ops::Range;

/// Text put together from pieces of the file, which knows where each came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Joined {
    /// Without line ends and continuation characters.
    pub text: String,
    /// Where a piece begins in `text`, and where in the file.
    pieces: Vec<(usize, usize)>,
}

impl Joined {
    /// Text that stands in the file as it is here.
    pub(super) fn whole(text: &str, file_start: usize) -> Self {
        Self { text: text.to_owned(), pieces: vec![(0, file_start)] }
    }

    fn push(&mut self, piece: &str, file_start: usize) {
        if !piece.is_empty() {
            self.pieces.push((self.text.len(), file_start));
            self.text.push_str(piece);
        }
    }

    /// Where bytes of `text` stand in the file.
    pub fn in_file(&self, range: &Range<usize>) -> Range<usize> {
        if range.is_empty() {
            let at = self.byte_in_file(range.start);
            return at..at;
        }
        self.byte_in_file(range.start)..self.byte_in_file(range.end - 1) + 1
    }

    fn byte_in_file(&self, offset: usize) -> usize {
        let piece = self.pieces.partition_point(|(start, _)| *start <= offset).saturating_sub(1);
        self.pieces.get(piece).map_or(0, |(start, in_file)| in_file + (offset - start))
    }

    /// What follows the first `offset` bytes.
    pub(super) fn after(&self, offset: usize) -> Self {
        let tail = self.text.get(offset..).unwrap_or_default();
        let mut joined = Self { text: tail.to_owned(), pieces: Vec::new() };
        if !tail.is_empty() {
            joined.pieces.push((0, self.byte_in_file(offset)));
            let later = self.pieces.iter().filter(|(start, _)| *start > offset);
            joined.pieces.extend(later.map(|(start, in_file)| (start - offset, *in_file)));
        }
        joined
    }
}

/// The physical lines of a file, one after the other.
pub(super) struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lines<'a> {
    /// A byte order mark in front is no part of the first line.
    pub(super) fn new(text: &'a str) -> Self {
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { text, at }
    }

    /// Where the next line begins.
    pub(super) fn offset(&self) -> usize {
        self.at
    }

    /// What stands between two offsets that were line starts.
    pub(super) fn between(&self, start: usize, end: usize) -> &'a str {
        &self.text[start..end]
    }

    /// The next line without looking further, and without its end.
    pub(super) fn peek(&self) -> Option<&'a str> {
        let rest = &self.text[self.at..];
        let line = rest.split_inclusive('\n').next()?;
        Some(line.strip_suffix('\n').map_or(line, |line| line.strip_suffix('\r').unwrap_or(line)))
    }

    /// The next line without its end, and where it begins.
    pub(super) fn next(&mut self) -> Option<(&'a str, usize)> {
        let start = self.at;
        let line = self.peek()?;
        self.at += self.text[start..].split_inclusive('\n').next()?.len();
        Some((line, start))
    }
}

/// The next logical line that says something.
pub(super) fn next_logical_line(lines: &mut Lines<'_>, escape: char) -> Option<Joined> {
    let mut joined = Joined::default();
    while let Some((line, start)) = lines.next() {
        let trimmed = line.trim_start();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        // Only the first piece loses its indentation; inside, it may be part of a quoted value.
        let (piece, start) =
            if joined.text.is_empty() { (trimmed, start + line.len() - trimmed.len()) } else { (line, start) };
        match without_continuation(piece, escape) {
            Some(before) => joined.push(before, start),
            None => {
                joined.push(piece, start);
                break;
            }
        }
    }
    (!joined.text.trim().is_empty()).then_some(joined)
}

/// The line without the escape character that continues it. Two of them are one that is meant literally.
fn without_continuation(line: &str, escape: char) -> Option<&str> {
    let before = line.trim_end_matches([' ', '\t']).strip_suffix(escape)?;
    (!before.ends_with(escape)).then_some(before)
}
