//! Finding terms without a database: for highlights, for filters, and as the reference both databases are held against

use std::ops::Range;

use super::index::IndexText;
use super::query::{Field, Query, Term};
use super::tokens::for_each_token;
use crate::limits::{SEARCH_TEXT_BYTES_MAX, cut};

impl Query {
    /// Whether the words of this query are in an entry. Says what `fts5()` and `tsquery()` say, in the plainest way;
    /// conditions on feeds, states and dates are not looked at.
    pub fn matches(&self, entry: &IndexText) -> bool {
        let title: Vec<&str> = entry.title.split(' ').collect();
        let body: Vec<&str> = entry.body.split(' ').collect();
        let occurs = |term: &Term| {
            is_in(term, &title)
                || match term.field {
                    Field::Anywhere => is_in(term, &body),
                    Field::Title => false,
                }
        };
        self.clauses.iter().all(|clause| clause.any_of.iter().any(occurs)) && !self.excluded.iter().any(occurs)
    }
}

fn is_in(term: &Term, tokens: &[&str]) -> bool {
    (0..tokens.len()).any(|index| term.stands_at(index, |index| tokens.get(index).copied()))
}

impl Term {
    /// Whether the tokens from `index` on are this term's.
    fn stands_at<'t>(&self, index: usize, token: impl Fn(usize) -> Option<&'t str>) -> bool {
        let last = self.tokens.len() - 1;
        self.tokens.iter().enumerate().all(|(offset, wanted)| {
            token(index + offset).is_some_and(|token| {
                if self.is_prefix && offset == last { token.starts_with(wanted) } else { token == wanted }
            })
        })
    }
}

/// A text's tokens, each with its place in the text.
pub(crate) struct TokenText {
    letters: String,
    tokens: Vec<Place>,
}

struct Place {
    letters: Range<usize>,
    source: Range<usize>,
    first_end: usize,
}

impl TokenText {
    pub(crate) fn new(text: &str) -> Self {
        let text = cut(text, SEARCH_TEXT_BYTES_MAX);
        let mut all = Self { letters: String::with_capacity(text.len()), tokens: Vec::with_capacity(text.len() / 5) };
        for_each_token(text, |token| {
            let start = all.letters.len();
            all.letters.push_str(token.text);
            all.tokens.push(Place {
                letters: start..all.letters.len(),
                source: token.start..token.end,
                first_end: token.first_end,
            });
        });
        all
    }

    /// Whether the term occurs, in whatever field this text is.
    pub(crate) fn contains(&self, term: &Term) -> bool {
        (0..self.tokens.len()).any(|index| self.stands_at(term, index))
    }

    /// Where the terms occur: bytes of the original text, in order, without overlap.
    pub(crate) fn find_all(&self, terms: &[&Term]) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        for index in 0..self.tokens.len() {
            for term in terms.iter().filter(|term| self.stands_at(term, index)) {
                let range = self.source(term, index);
                match found.last_mut() {
                    Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                    _ => found.push(range),
                }
            }
        }
        found
    }

    fn stands_at(&self, term: &Term, index: usize) -> bool {
        term.stands_at(index, |index| self.tokens.get(index).map(|place| &self.letters[place.letters.clone()]))
    }

    fn source(&self, term: &Term, index: usize) -> Range<usize> {
        let last = &self.tokens[index + term.tokens.len() - 1];
        // One character that was found as the beginning of a pair: the other one is not meant.
        let is_half_a_pair = term.is_prefix && term.tokens.last().is_some_and(|token| token.chars().count() == 1);
        let end = if is_half_a_pair { last.first_end } else { last.source.end };
        self.tokens[index].source.start..end
    }
}
