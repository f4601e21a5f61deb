//! The scanner: text in, tokens out, no errors, linear time.

use memchr::memmem;

use super::Attributes;
use super::next_place::{NextByte, NextPiece};
use crate::search;
use crate::work::steps;

/// A piece of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// Text as written, entities included.
    Text(&'a str),
    /// The inside of a CDATA section.
    CData(&'a str),
    /// `<name ...>` or `<name ... />`.
    Start(Tag<'a>),
    /// `</name>`; the name as written.
    End(&'a str),
    /// A comment, a processing instruction or a document type.
    Other,
}

/// A start tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tag<'a> {
    /// The name as written, prefix included.
    pub(crate) name: &'a str,
    /// What stands between the name and the end of the tag.
    pub(crate) rest: &'a str,
    /// Closed in itself: `<name/>`.
    pub(crate) empty: bool,
}

impl<'a> Tag<'a> {
    pub(crate) fn attributes(&self) -> Attributes<'a> {
        Attributes::new(self.rest)
    }
}

/// Walks over a document.
#[derive(Debug, Clone)]
pub(crate) struct Scanner<'a> {
    text: &'a str,
    position: usize,
    start: usize,
    double_quote: NextByte<b'"'>,
    single_quote: NextByte<b'\''>,
    greater: NextByte<b'>'>,
    cdata_end: NextPiece,
    cdata_start: NextPiece,
    comment_end_gone: bool,
    document_type_seen: bool,
    stray: Option<usize>,
}

impl<'a> Scanner<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Scanner {
            text,
            position: 0,
            start: 0,
            double_quote: NextByte::default(),
            single_quote: NextByte::default(),
            greater: NextByte::default(),
            cdata_end: NextPiece::new(b"]]>"),
            cdata_start: NextPiece::new(b"<![CDATA["),
            comment_end_gone: false,
            document_type_seen: false,
            stray: None,
        }
    }

    /// Where the next token starts.
    pub(crate) fn position(&self) -> usize {
        self.position
    }

    /// Where the token that was returned last starts.
    pub(crate) fn start(&self) -> usize {
        self.start
    }

    /// Goes to the start of a token.
    pub(crate) fn rewind(&mut self, position: usize) {
        self.position = position;
    }

    /// The first `<` that began no tag.
    pub(crate) fn stray(&self) -> Option<usize> {
        self.stray
    }

    /// The next token, or nothing at the end.
    pub(crate) fn next(&mut self) -> Option<Token<'a>> {
        self.start = self.position;
        let rest = self.rest();
        if rest.is_empty() {
            return None;
        }
        if rest.as_bytes()[0] != b'<' {
            let length = search::byte(b'<', rest.as_bytes()).unwrap_or(rest.len());
            return Some(Token::Text(self.take(length)));
        }
        let token = match rest.as_bytes().get(1) {
            Some(b'!') => self.declaration(),
            Some(b'?') => self.instruction(),
            Some(b'/') => self.end_tag(),
            Some(&first) if first.is_ascii_alphabetic() || matches!(first, b'_' | b':') || first >= 0x80 => {
                self.start_tag()
            }
            _ => self.literal(1),
        };
        steps(self.position - self.start);
        Some(token)
    }

    /// Skips to the end tag of an element whose inside is not markup, such as a script.
    pub(crate) fn skip_raw_text(&mut self, name: &str) -> &'a str {
        let from = self.position;
        let mut at = from;
        let text = self.text;
        while let Some(found) = search::piece(b"</", &text.as_bytes()[at..]) {
            let behind = at + found + 2;
            let candidate = text.as_bytes().get(behind..behind + name.len());
            steps(name.len());
            if candidate.is_some_and(|candidate| candidate.eq_ignore_ascii_case(name.as_bytes())) {
                self.position = behind - 2;
                return &text[from..behind - 2];
            }
            at = behind;
        }
        self.position = text.len();
        &text[from..]
    }

    fn rest(&self) -> &'a str {
        &self.text[self.position..]
    }

    fn take(&mut self, length: usize) -> &'a str {
        let taken = &self.text[self.position..self.position + length];
        self.position += length;
        taken
    }

    /// A `<` that begins no tag is text, with what follows it.
    fn literal(&mut self, length: usize) -> Token<'a> {
        self.stray.get_or_insert(self.position);
        Token::Text(self.take(length))
    }

    fn declaration(&mut self) -> Token<'a> {
        let rest = self.rest();
        if rest.starts_with("<!--") {
            return self.comment();
        }
        if rest.as_bytes().get(..9).is_some_and(|head| head.eq_ignore_ascii_case(b"<![CDATA[")) {
            return self.cdata();
        }
        self.document_type()
    }

    fn comment(&mut self) -> Token<'a> {
        let rest = self.rest();
        let end = if self.comment_end_gone { None } else { search::piece(b"-->", &rest.as_bytes()[4..]) };
        match end {
            Some(end) => self.position += 4 + end + 3,
            // Never closed: what a browser does with `<!-->`, so that the document goes on behind it.
            None => {
                self.comment_end_gone = true;
                self.position += self.greater_in(rest).map_or(rest.len(), |end| end + 1);
            }
        }
        Token::Other
    }

    fn cdata(&mut self) -> Token<'a> {
        self.position += 9;
        let rest = self.rest();
        let Some(end) = self.cdata_end.from(self.text.as_bytes(), self.position) else {
            return Token::CData(self.take(unclosed_cdata_end(rest).unwrap_or(rest.len())));
        };
        let inside = &rest[..end - self.position];
        // A second start before the first end: either the section was never closed and this end is another entry's,
        // or somebody wrapped twice, which is left to whoever reads the text.
        if self.cdata_start.from(&self.text.as_bytes()[..end], self.position).is_some()
            && let Some(end) = unclosed_cdata_end(inside)
        {
            return Token::CData(self.take(end));
        }
        self.position = end + 3;
        Token::CData(inside)
    }

    fn document_type(&mut self) -> Token<'a> {
        let rest = self.rest();
        let Some(greater) = self.greater_in(rest) else {
            return self.literal(rest.len());
        };
        let mut end = greater + 1;
        // The internal subset has declarations of its own. They are passed over, never used: no entity bombs.
        if !self.document_type_seen
            && let Some(subset) = search::byte(b'[', &rest.as_bytes()[..greater])
            && let Some(subset_end) = search::piece(b"]>", &rest.as_bytes()[subset..])
        {
            end = end.max(subset + subset_end + 2);
        }
        self.document_type_seen = true;
        self.position += end;
        Token::Other
    }

    fn instruction(&mut self) -> Token<'a> {
        let rest = self.rest();
        let next = search::byte(b'<', &rest.as_bytes()[1..]).map_or(rest.len(), |at| at + 1);
        let before_markup = &rest.as_bytes()[..next];
        // The second form is `<?xml version="1.0">`, or PHP source handed out as it is.
        self.position += match search::piece(b"?>", before_markup) {
            Some(end) => end + 2,
            None => search::byte(b'>', before_markup).map_or(before_markup.len(), |end| end + 1),
        };
        Token::Other
    }

    fn end_tag(&mut self) -> Token<'a> {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let end = search::either(b'>', b'<', &bytes[1..]).map_or(bytes.len(), |end| end + 1);
        let inside = &rest[2..end];
        let name_end = inside.bytes().position(|byte| byte.is_ascii_whitespace()).unwrap_or(inside.len());
        if name_end == 0 {
            return self.literal(end);
        }
        // `</title<link>`: the next tag ends this one.
        self.position += if bytes.get(end) == Some(&b'>') { end + 1 } else { end };
        Token::End(&inside[..name_end])
    }

    fn start_tag(&mut self) -> Token<'a> {
        let start = self.position;
        let bytes = self.text.as_bytes();
        let name_end = bytes[start + 1..]
            .iter()
            .position(|&byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/' | b'<' | b'='))
            .map_or(bytes.len(), |end| start + 1 + end);
        let mut at = name_end;
        let end = loop {
            match bytes.get(at) {
                Some(b'>') => break at,
                // Not a tag after all, or one that was never finished: `a <b and c</title>`.
                None | Some(b'<') => return self.literal(at - start),
                Some(b'=') => at = self.value_end(at + 1),
                Some(_) => at += 1,
            }
        };
        self.position = end + 1;
        let empty = end > name_end && bytes[end - 1] == b'/';
        let rest = &self.text[name_end..if empty { end - 1 } else { end }];
        Token::Start(Tag { name: &self.text[start + 1..name_end], rest, empty })
    }

    /// Where an attribute's value ends that starts at or, after spaces, behind `at`.
    fn value_end(&mut self, mut at: usize) -> usize {
        let bytes = self.text.as_bytes();
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        let close = match bytes.get(at) {
            Some(b'"') => self.double_quote.from(bytes, at + 1),
            Some(b'\'') => self.single_quote.from(bytes, at + 1),
            _ => return at,
        };
        let Some(close) = close else {
            return at + 1;
        };
        // `href="a>text</a> <b class="x">`: this quote opens the next value instead of closing ours.
        if search::byte(b'<', &bytes[at + 1..close]).is_some() && !is_boundary(bytes.get(close + 1)) {
            return at + 1;
        }
        close + 1
    }

    fn greater_in(&mut self, rest: &str) -> Option<usize> {
        let offset = self.text.len() - rest.len();
        self.greater.from(self.text.as_bytes(), offset).map(|at| at - offset)
    }
}

fn is_boundary(byte: Option<&u8>) -> bool {
    byte.is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/' | b'?'))
}

/// Where a CDATA section without an end had better end: before its entry does.
fn unclosed_cdata_end(text: &str) -> Option<usize> {
    let end = memmem::find_iter(text.as_bytes(), b"</")
        .find(|&at| text[at + 2..].starts_with("item>") || text[at + 2..].starts_with("entry>"));
    steps(end.unwrap_or(text.len()));
    end
}

#[cfg(test)]
mod tests;
