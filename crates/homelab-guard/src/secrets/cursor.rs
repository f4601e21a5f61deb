//! A place in a text that moves forward over spaces, signs and literals.

use std::ops::Range;

use memchr::memchr;

use crate::limits::VALUE_BYTES_MAX;

/// A place in a text.
#[derive(Clone, Copy)]
pub(crate) struct Cursor<'a> {
    /// The whole text.
    pub(crate) text: &'a [u8],
    /// The place.
    pub(crate) at: usize,
}

/// A quotation mark, and how many backslashes stand before it where one text is inside another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quote {
    mark: u8,
    backslashes: usize,
}

impl<'a> Cursor<'a> {
    /// At `at`.
    pub(crate) fn new(text: &'a [u8], at: usize) -> Self {
        Self { text, at: at.min(text.len()) }
    }

    /// What comes next.
    pub(crate) fn rest(&self) -> &'a [u8] {
        &self.text[self.at..]
    }

    /// The next byte; 0 at the end.
    pub(crate) fn peek(&self) -> u8 {
        self.text.get(self.at).copied().unwrap_or(0)
    }

    /// Moves over `sign`, where it comes next.
    pub(crate) fn eat(&mut self, sign: &[u8]) -> bool {
        let next = self.rest().starts_with(sign);
        self.at += if next { sign.len() } else { 0 };
        next
    }

    /// Moves over `word` in any letters, where it comes next.
    pub(crate) fn eat_word(&mut self, word: &[u8]) -> bool {
        let next = self.rest().get(..word.len()).is_some_and(|text| text.eq_ignore_ascii_case(word));
        self.at += if next { word.len() } else { 0 };
        next
    }

    /// Moves over the bytes that `set` has, at most `max`.
    pub(crate) fn skip(&mut self, set: &[u8], max: usize) -> usize {
        let length = self.rest().iter().take(max).take_while(|byte| set.contains(byte)).count();
        self.at += length;
        length
    }

    /// Moves over spaces and tabs.
    pub(crate) fn skip_blanks(&mut self) -> usize {
        self.skip(b" \t", 64)
    }

    /// Moves over blanks and at most one line end.
    pub(crate) fn skip_to_next_line(&mut self) -> bool {
        self.skip_blanks();
        let ended = self.eat(b"\r\n") || self.eat(b"\n") || self.eat(b"\\n");
        self.skip_blanks();
        ended
    }

    /// Moves over a quotation mark, where one comes next.
    pub(crate) fn eat_quote(&mut self) -> Option<Quote> {
        let backslashes = self.rest().iter().take(7).take_while(|byte| **byte == b'\\').count();
        let mark = *self.text.get(self.at + backslashes)?;
        matches!(mark, b'"' | b'\'' | b'`').then(|| {
            self.at += backslashes + 1;
            Quote { mark, backslashes }
        })
    }

    /// The inside of a literal in quotes, where one comes next: also raw, byte and format strings, and the first line of
    /// those with three marks.
    pub(crate) fn literal(&mut self) -> Option<Range<usize>> {
        let mut ahead = *self;
        let prefix = ahead.skip(b"rbfuRBFUL@$", 2);
        let quote = ahead.eat_quote()?;
        if prefix > 0 && quote.mark == b'`' {
            return None;
        }
        if quote.mark != b'`' && ahead.rest().starts_with(&[quote.mark; 2]) {
            ahead.at += 2;
            ahead.skip_to_next_line();
        }
        let end = ahead.end_of(quote);
        let inside = ahead.at..end;
        *self = Cursor::new(self.text, end + 1);
        Some(inside)
    }

    /// Where a literal ends whose opening mark has been read: at its closing mark, the end of the line or the limit.
    fn end_of(&self, quote: Quote) -> usize {
        let bounded = &self.rest()[..self.rest().len().min(VALUE_BYTES_MAX)];
        let line = &bounded[..memchr(b'\n', bounded).unwrap_or(bounded.len())];
        let mut at = 0;
        while let Some(&byte) = line.get(at) {
            if byte == b'\\' {
                let run = line[at..].iter().take_while(|byte| **byte == b'\\').count();
                let closes = run == quote.backslashes && line.get(at + run) == Some(&quote.mark);
                if closes && quote.backslashes > 0 {
                    return self.at + at;
                }
                at += if quote.backslashes == 0 { run + run % 2 } else { run + usize::from(run > quote.backslashes) };
            } else if byte == quote.mark && quote.backslashes == 0 {
                return self.at + at;
            } else {
                at += 1;
            }
        }
        self.at + line.len().min(at)
    }

    /// What stands here up to one of `ends`, the end of the line or the limit.
    pub(crate) fn until(&mut self, ends: &[u8]) -> Range<usize> {
        let start = self.at;
        let length = self
            .rest()
            .iter()
            .take(VALUE_BYTES_MAX)
            .take_while(|byte| !matches!(**byte, b'\n' | b'\r') && !ends.contains(byte))
            .count();
        self.at += length;
        start..self.at
    }

    /// What stands here up to the end of the line, without a comment after a space.
    pub(crate) fn until_comment(&mut self) -> Range<usize> {
        let line = self.until(b"");
        let text = &self.text[line.clone()];
        let comment = (1..text.len()).find(|at| text[*at] == b'#' && matches!(text[at - 1], b' ' | b'\t'));
        let value = &text[..comment.unwrap_or(text.len())];
        line.start..line.start + value.trim_ascii_end().len()
    }
}

/// Where the line of `at` begins, not looking further back than the limit.
pub(crate) fn line_start(text: &[u8], at: usize) -> usize {
    let from = at.saturating_sub(VALUE_BYTES_MAX);
    memchr::memrchr(b'\n', &text[from..at]).map_or(from, |before| from + before + 1)
}

/// Where the line of `at` ends, not looking further than the limit.
pub(crate) fn line_end(text: &[u8], at: usize) -> usize {
    let to = text.len().min(at + VALUE_BYTES_MAX);
    memchr(b'\n', &text[at..to]).map_or(to, |length| at + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literal(text: &str) -> Option<&str> {
        Cursor::new(text.as_bytes(), 0).literal().map(|range| &text[range])
    }

    #[test]
    fn literals_end_with_their_own_mark() {
        assert_eq!(literal("\"a'b\" c"), Some("a'b"));
        assert_eq!(literal(r#""a\"b" c"#), Some(r#"a\"b"#));
        assert_eq!(literal(r#"\"a b\" c"#), Some("a b"));
        assert_eq!(literal(r#""a\\" c"#), Some(r"a\\"));
        assert_eq!(literal("r\"raw\""), Some("raw"));
        assert_eq!(literal("\"\"\"\nthree\"\"\""), Some("three"));
        assert_eq!(literal("\"open\nend\""), Some("open"));
        assert_eq!(literal("bare"), None);
    }

    #[test]
    fn a_comment_needs_a_space_before_it() {
        let text = b"half#of # comment";
        assert_eq!(&text[Cursor::new(text, 0).until_comment()], b"half#of");
    }
}
