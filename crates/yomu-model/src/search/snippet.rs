//! A few lines around the first hit

use std::ops::Range;

use super::highlight::{Part, highlight};
use super::query::Query;

/// A part of a text, cut at words where there are words, in pieces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// In order; their texts joined are the snippet. Runs of blanks and line breaks have become one blank.
    pub pieces: Vec<Piece>,
}

/// Some text that is a hit, or some that is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Never empty. `…` stands where the original goes on.
    pub text: String,
    /// Whether it is to be highlighted.
    pub hit: bool,
}

/// About `chars_max` characters of a plain text around the first place where the query is found, or from the beginning.
pub fn snippet(query: &Query, text: &str, chars_max: usize) -> Snippet {
    let hits = highlight(query, Part::Body, text);
    let window = window(text, hits.first(), chars_max);
    let mut snippet = Snippet::default();
    if !text[..window.start].trim().is_empty() {
        snippet.push("…", false);
    }
    let mut at = window.start;
    for hit in hits.iter().filter(|hit| hit.start < window.end && hit.end > window.start) {
        let (start, end) = (hit.start.max(window.start), hit.end.min(window.end));
        snippet.push(&text[at..start], false);
        snippet.push(&text[start..end], true);
        at = end;
    }
    snippet.push(&text[at..window.end], false);
    if !text[window.end..].trim().is_empty() {
        snippet.push("…", false);
    }
    snippet
}

impl Snippet {
    fn push(&mut self, text: &str, hit: bool) {
        let ends_with_blank = self.pieces.last().is_none_or(|piece| piece.text.ends_with(' '));
        let text = one_blank(text, ends_with_blank);
        match self.pieces.last_mut() {
            _ if text.is_empty() => {}
            Some(piece) if piece.hit == hit => piece.text.push_str(&text),
            _ => self.pieces.push(Piece { text, hit }),
        }
    }
}

/// The text with each run of blanks as one; none at the beginning if there is one before it.
fn one_blank(text: &str, mut ends_with_blank: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        let is_blank = character.is_whitespace();
        if !is_blank {
            out.push(character);
        } else if !ends_with_blank {
            out.push(' ');
        }
        ends_with_blank = is_blank;
    }
    out
}

/// The part to show: a quarter before the hit, to see what it is about, and the rest after.
fn window(text: &str, hit: Option<&Range<usize>>, chars_max: usize) -> Range<usize> {
    let hit = hit.map_or(0, |hit| hit.start);
    let before = text[..hit].char_indices().rev().take(chars_max / 4).last().map_or(hit, |(index, _)| index);
    // Near the beginning there is less before it, and so more after it.
    let mut start = before;
    let end = text[start..].char_indices().nth(chars_max).map_or(text.len(), |(index, _)| start + index);
    if start > 0 && !is_word_edge(text, start) {
        let blank = text[start..hit].find(char::is_whitespace).filter(|&length| length < WORD_BYTES_MAX);
        start += blank.unwrap_or(0);
    }
    let end = if end < text.len() && !is_word_edge(text, end) {
        let last_blank = text[start..end].rfind(char::is_whitespace).map(|index| start + index);
        // A text without blanks is cut where it is.
        last_blank.filter(|&blank| blank > hit && end - blank < WORD_BYTES_MAX).unwrap_or(end)
    } else {
        end
    };
    start..end
}

/// A longer stretch without a blank is not a word but Japanese, or an address.
const WORD_BYTES_MAX: usize = 40;

/// Whether no word is cut here. Scripts without spaces may be cut anywhere.
fn is_word_edge(text: &str, at: usize) -> bool {
    let is_in_word = |character: char| character.is_alphanumeric() && (character as u32) < 0x2E80;
    let before = text[..at].chars().next_back().is_some_and(is_in_word);
    let after = text[at..].chars().next().is_some_and(is_in_word);
    !(before && after)
}
