//! What was typed into the search field and could not be used

use std::fmt;

use crate::limits::{QUERY_CHARS_MAX, QUERY_TERMS_MAX};

/// A part of a query that was ignored or read in a certain way. The rest of the query still counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueryProblem {
    /// An opening quote without a closing one; the phrase was taken to the end.
    UnclosedQuote,
    /// Only punctuation, which is not indexed.
    NothingToFind {
        /// As typed.
        text: String,
    },
    /// `feed:` with nothing after it.
    NoValue {
        /// As typed, without the colon.
        operator: String,
    },
    /// `is:` with a word it does not know.
    UnknownState {
        /// As typed.
        value: String,
    },
    /// `is:read` after `is:unread`; the first one counts.
    Contradiction {
        /// The second one.
        value: String,
    },
    /// `before:` or `after:` with something that is not a date.
    NotADate {
        /// As typed.
        value: String,
    },
    /// An `OR` with nothing to choose from on one side, or next to an operator or an exclusion.
    LonelyOr,
    /// More than [`QUERY_CHARS_MAX`] characters; the rest was ignored.
    TooLong,
    /// More than [`QUERY_TERMS_MAX`] words, phrases and operators; the rest was ignored.
    TooManyTerms,
}

impl fmt::Display for QueryProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnclosedQuote => write!(formatter, "a quote is not closed; the phrase goes to the end"),
            Self::NothingToFind { text } => write!(formatter, "`{text}` has no letter or digit to look for"),
            Self::NoValue { operator } => write!(formatter, "`{operator}:` needs a value directly after the colon"),
            Self::UnknownState { value } => {
                write!(formatter, "`is:{value}` is unknown; there are `is:starred`, `is:unread`, `is:read`, `is:saved`")
            }
            Self::Contradiction { value } => write!(formatter, "`is:{value}` contradicts an earlier condition"),
            Self::NotADate { value } => {
                write!(formatter, "`{value}` is not a date such as `2026-01-31`, `2026-01` or `2026`")
            }
            Self::LonelyOr => write!(formatter, "`OR` needs a word or a phrase on both sides"),
            Self::TooLong => write!(formatter, "only the first {QUERY_CHARS_MAX} characters were read"),
            Self::TooManyTerms => write!(formatter, "only the first {QUERY_TERMS_MAX} words and phrases were read"),
        }
    }
}
