//! Search that finds Japanese, English and everything between, alike on every database
//!
//! One function, [`for_each_token`], turns text into tokens. What is indexed ([`IndexText`]), what is asked ([`Query`])
//! and what is highlighted ([`highlight`], [`snippet`]) all go through it, and the databases only ever compare finished
//! tokens. That is why they agree:
//!
//! ```text
//! title, body -> IndexText -> FTS5 columns | tsvector
//! typed text  -> Query     -> fts5()       | tsquery()      | matches(), for tests
//! ```
//!
//! [`conformance`] is the table that all of them are held against.

pub mod conformance;
mod highlight;
mod index;
mod matcher;
mod parse;
mod problem;
mod query;
mod render;
mod snippet;
mod tokens;

pub use highlight::{Part, highlight};
pub use index::IndexText;
pub(crate) use matcher::TokenText;
pub use problem::QueryProblem;
pub use query::{Clause, Field, Names, Query, States, Tags, Term};
pub use render::Expression;
pub use snippet::{Piece, Snippet, snippet};
pub use tokens::{Token, TokenKind, for_each_token};
