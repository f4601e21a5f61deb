//! What a person looks for, as data
//!
//! A [`Query`] has two halves. Words and phrases are answered by the full-text index, through [`Query::fts5`] or
//! [`Query::tsquery`]. Feeds, folders, authors, states and dates are ordinary conditions on entries. An entry must meet
//! all of them.

use jiff::Timestamp;

use super::problem::QueryProblem;
use super::tokens::{TokenKind, for_each_token};
use crate::fold::fold;
use crate::limits::TERM_TOKENS_MAX;

/// A parsed query; see [`Query::parse`] for what can be typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Words and phrases. Each clause must be met.
    pub clauses: Vec<Clause>,
    /// Words and phrases of which none may occur.
    pub excluded: Vec<Term>,
    /// `feed:name`, against the titles of subscriptions.
    pub feeds: Names,
    /// `folder:name`, against the names of folders.
    pub folders: Names,
    /// `author:name`, against the authors of entries.
    pub authors: Names,
    /// `tag:name`, against the reader's own tags.
    pub tags: Tags,
    /// `is:starred` and the like.
    pub is: States,
    /// Published at this moment or later.
    pub after: Option<Timestamp>,
    /// Published before this moment.
    pub before: Option<Timestamp>,
    /// What was typed and could not be used.
    pub problems: Vec<QueryProblem>,
}

/// Terms joined by `OR`; most clauses have only one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// One of these must occur.
    pub any_of: Vec<Term>,
}

/// A word or a phrase: tokens that stand next to each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Where to look.
    pub field: Field,
    /// The tokens, at least one.
    pub tokens: Vec<String>,
    /// Whether the last token may go on: one CJK character, or `rea*`.
    pub is_prefix: bool,
}

/// Where a term must occur.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Field {
    /// In the title or in the body, but a phrase not in both by halves.
    #[default]
    Anywhere,
    /// In the title.
    Title,
}

/// Names that are wanted or not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// If there are any, one of these must be part of the name. Folded already.
    pub any_of: Vec<String>,
    /// None of these may be part of the name. Folded already.
    pub none_of: Vec<String>,
}

/// Tags that an entry has, or has not. A tag is meant by its whole name: `tag:art` is not `tag:party`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tags {
    /// All of these. Folded already.
    pub all_of: Vec<String>,
    /// None of these. Folded already.
    pub none_of: Vec<String>,
}

/// Marks that an entry has (`Some(true)`), must not have (`Some(false)`) or may have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct States {
    /// `is:starred`
    pub starred: Option<bool>,
    /// `is:unread`; `is:read` is its opposite
    pub unread: Option<bool>,
    /// `is:saved`: saved by hand, not from a feed
    pub saved: Option<bool>,
}

impl Query {
    /// Whether nothing is asked: every entry would be found.
    pub fn is_empty(&self) -> bool {
        let Self { clauses, excluded, feeds, folders, authors, tags, is, after, before, problems: _ } = self;
        clauses.is_empty()
            && excluded.is_empty()
            && feeds.is_empty()
            && folders.is_empty()
            && authors.is_empty()
            && *tags == Tags::default()
            && *is == States::default()
            && after.is_none()
            && before.is_none()
    }

    /// The terms that a found entry may contain, for highlights.
    pub fn wanted_terms(&self) -> impl Iterator<Item = &Term> {
        self.clauses.iter().flat_map(|clause| &clause.any_of)
    }
}

impl Term {
    /// The term for a word or the inside of quotes, or none if there is no letter, digit or emoji in it.
    pub fn new(text: &str, field: Field) -> Option<Self> {
        let mut tokens = Vec::new();
        let mut last = None;
        for_each_token(text, |token| {
            if tokens.len() < TERM_TOKENS_MAX {
                tokens.push(token.text.to_owned());
                last = Some(token.kind);
            }
        });
        // A run of characters may go on after the word that was asked for: 東京 is found in 東京都, where nothing stands
        // alone. So the last character is left to its pair, and a character that has no pair is asked for as a prefix.
        if last == Some(TokenKind::RunEnd) {
            tokens.pop();
        }
        (!tokens.is_empty()).then(|| Self { field, tokens, is_prefix: last == Some(TokenKind::Lone) })
    }

    /// The same term, whose last word may go on.
    pub fn with_prefix(self) -> Self {
        Self { is_prefix: true, ..self }
    }
}

impl Names {
    /// Whether a feed, a folder or an author with this name is meant.
    pub fn accept(&self, name: &str) -> bool {
        if self.is_empty() {
            return true;
        }
        let name = fold(name);
        let has = |part: &String| name.contains(part.as_str());
        (self.any_of.is_empty() || self.any_of.iter().any(has)) && !self.none_of.iter().any(has)
    }

    /// Whether every name is accepted.
    pub fn is_empty(&self) -> bool {
        self.any_of.is_empty() && self.none_of.is_empty()
    }
}
