//! A query in the languages of the two full-text indexes
//!
//! Both say the same: clauses joined by AND, terms of a clause by OR, tokens of a term next to each other. FTS5 cannot say
//! "everything but": such a query is turned round, and marked so, on both.

use std::fmt::Write;

use super::query::{Field, Query, Term};

/// A condition on the full-text index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression {
    /// FTS5's right side of `MATCH`, or PostgreSQL's `tsquery` in text form, to be cast.
    pub text: String,
    /// Whether the entries wanted are those that do *not* match `text`: the query has only exclusions. Entries without
    /// any indexed token are wanted then, too.
    pub is_negated: bool,
}

impl Query {
    /// The words for FTS5, on a table with the columns `title` and `body`; none if the query has no words.
    pub fn fts5(&self) -> Option<Expression> {
        self.render(&Dialect { and: " AND ", or: " OR ", and_not: " NOT ", term: fts5_term })
    }

    /// The words for PostgreSQL, for vectors made by [`super::IndexText::tsvector`]; none if the query has no words.
    pub fn tsquery(&self) -> Option<Expression> {
        self.render(&Dialect { and: " & ", or: " | ", and_not: " & !", term: tsquery_term })
    }

    fn render(&self, dialect: &Dialect) -> Option<Expression> {
        let excluded: Vec<&Term> = self.excluded.iter().collect();
        if self.clauses.is_empty() {
            let text = dialect.any_of(&excluded);
            return (!excluded.is_empty()).then_some(Expression { text, is_negated: true });
        }
        let clauses: Vec<String> =
            self.clauses.iter().map(|clause| dialect.any_of(&clause.any_of.iter().collect::<Vec<_>>())).collect();
        let mut text = clauses.join(dialect.and);
        if !excluded.is_empty() {
            // `NOT` binds closest in FTS5.
            text = format!("({text}){}{}", dialect.and_not, dialect.any_of(&excluded));
        }
        Some(Expression { text, is_negated: false })
    }
}

struct Dialect {
    and: &'static str,
    or: &'static str,
    and_not: &'static str,
    term: fn(&Term) -> String,
}

impl Dialect {
    fn any_of(&self, terms: &[&Term]) -> String {
        let terms: Vec<String> = terms.iter().map(|term| (self.term)(term)).collect();
        format!("({})", terms.join(self.or))
    }
}

/// `title : "東京 京都" *`
fn fts5_term(term: &Term) -> String {
    let column = match term.field {
        Field::Anywhere => "",
        Field::Title => "title : ",
    };
    let star = if term.is_prefix { " *" } else { "" };
    format!("{column}\"{}\"{star}", term.tokens.join(" "))
}

/// `'東京':A <-> '京都':*A`
fn tsquery_term(term: &Term) -> String {
    let weight = match term.field {
        Field::Anywhere => "",
        Field::Title => "A",
    };
    let mut text = String::from("(");
    for (index, token) in term.tokens.iter().enumerate() {
        let star = if term.is_prefix && index + 1 == term.tokens.len() { "*" } else { "" };
        let colon = if star.is_empty() && weight.is_empty() { "" } else { ":" };
        let next_to = if index == 0 { "" } else { " <-> " };
        // Writing to a `String` cannot fail.
        let _ = write!(text, "{next_to}'{token}'{colon}{star}{weight}");
    }
    text.push(')');
    text
}
