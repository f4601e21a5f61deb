//! Where the words of a query stand in a text

use std::ops::Range;

use super::matcher::TokenText;
use super::query::{Field, Query, Term};

/// Which part of an entry a text is. `title:` terms are highlighted in titles only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The entry's title.
    Title,
    /// Its body or an excerpt, as plain text.
    Body,
}

/// The ranges of bytes in `text` that made the entry match, in order and without overlap. Wide, half-width and accented
/// variants are found as the search finds them. Needs time in proportion to the text, for a given query.
pub fn highlight(query: &Query, part: Part, text: &str) -> Vec<Range<usize>> {
    let terms: Vec<&Term> =
        query.wanted_terms().filter(|term| part == Part::Title || term.field == Field::Anywhere).collect();
    if terms.is_empty() {
        return Vec::new();
    }
    TokenText::new(text).find_all(&terms)
}
