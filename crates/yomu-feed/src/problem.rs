//! What was wrong with a document, as situations; each in one sentence.

use std::fmt;

use crate::limits::{PROBLEMS_MAX, QUOTE_BYTES_MAX};
use crate::search;
use crate::text::{cut, one_line};
use crate::work::steps;

/// Something a reader, or the publisher of a document, should know. Lines count from one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// There are no bytes, or only spaces.
    Empty,
    /// A web page came where a feed was expected.
    HtmlInstead {
        /// What the page calls itself: often "Log in", "Just a moment..." or "404".
        title: Option<String>,
    },
    /// XML that is no feed.
    OtherXml {
        /// The name of its first element.
        root: String,
    },
    /// JSON that is no feed.
    OtherJson,
    /// Text without markup.
    PlainText {
        /// Its first words.
        start: String,
    },
    /// An image, an archive or the like.
    Binary,
    /// Bytes that mean nothing in the encoding; each is shown as U+FFFD.
    BadBytes {
        /// How many characters are lost.
        count: usize,
        /// The encoding they were read in.
        encoding: &'static str,
    },
    /// The document is not in the encoding it claims.
    EncodingMismatch {
        /// What is claimed.
        declared: &'static str,
        /// What it was read in.
        used: &'static str,
    },
    /// The claimed encoding does not exist.
    UnknownEncoding {
        /// The claim as written.
        label: String,
    },
    /// Something stands before the first tag of the feed.
    JunkBeforeProlog {
        /// How much.
        bytes: usize,
    },
    /// NULs and other characters that no document may hold; they are left out.
    ControlCharacters {
        /// How many.
        count: usize,
    },
    /// Elements that were never closed.
    UnclosedTags {
        /// How many.
        count: usize,
        /// Where the first was noticed.
        line: usize,
    },
    /// A `<` that begins no tag.
    StrayLessThan {
        /// Where the first is.
        line: usize,
    },
    /// A name such as `&nbsp;` that XML does not know. Those of HTML are understood, others stay as written.
    UndefinedEntity {
        /// The first such name.
        name: String,
        /// Where it is.
        line: usize,
    },
    /// A date nobody can read, or one that does not exist.
    BadDate {
        /// The date as written.
        text: String,
        /// Where it is; 0 where lines are not known.
        line: usize,
    },
    /// RSS, Atom or JSON Feed without the version it should state.
    MissingVersion,
    /// More entries than are kept of one feed.
    TooManyEntries {
        /// How many were kept.
        kept: usize,
        /// The bound.
        max: usize,
    },
    /// Elements within elements, deeper than anyone writes.
    TooDeep {
        /// The bound.
        max: usize,
        /// Where it was met.
        line: usize,
    },
    /// A text longer than is kept.
    TooLong {
        /// What it is.
        field: &'static str,
        /// The bound.
        bytes_max: usize,
    },
    /// Entries that claim to be the same.
    SharedId {
        /// The identifier they share.
        id: String,
        /// How many do.
        count: usize,
    },
    /// The document ends before it is complete.
    Truncated {
        /// Its last line.
        line: usize,
    },
    /// JSON that breaks off being JSON.
    BadJson {
        /// Where.
        line: usize,
        /// What was expected there.
        reason: String,
    },
    /// Not a list of subscriptions.
    NotOpml {
        /// What it seems to be.
        what: &'static str,
    },
    /// An OPML outline with an address that is none.
    BadAddress {
        /// The address as written.
        text: String,
    },
    /// The same feed twice in an OPML document.
    DuplicateFeed {
        /// Its address.
        url: String,
    },
}

impl Problem {
    /// Whether this is why there is nothing to show.
    pub fn is_fatal(&self) -> bool {
        matches!(
            self,
            Problem::Empty
                | Problem::HtmlInstead { .. }
                | Problem::OtherXml { .. }
                | Problem::OtherJson
                | Problem::PlainText { .. }
                | Problem::Binary
                | Problem::NotOpml { .. }
        )
    }
}

impl Problem {
    /// Whether the other says nothing new, such as the same unreadable date in each entry.
    fn covers(&self, other: &Problem) -> bool {
        match (self, other) {
            (Problem::BadDate { text, .. }, Problem::BadDate { text: other, .. }) => text == other,
            _ => self == other,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::Empty => write!(f, "The document is empty"),
            Problem::HtmlInstead { title: Some(title) } => write!(f, "This is a web page (`{title}`), not a feed"),
            Problem::HtmlInstead { title: None } => write!(f, "This is a web page, not a feed"),
            Problem::OtherXml { root } => write!(f, "This is XML of another kind (`{root}`), not a feed"),
            Problem::OtherJson => write!(f, "This is JSON of another kind, not a feed"),
            Problem::PlainText { start } => write!(f, "This is plain text (`{start}`), not a feed"),
            Problem::Binary => write!(f, "This is a binary file, not a feed"),
            Problem::BadBytes { count, encoding } => {
                write!(
                    f,
                    "{} not valid {encoding} and cannot be shown",
                    plural(*count, "character is", "characters are")
                )
            }
            Problem::EncodingMismatch { declared, used } => {
                write!(f, "The document claims to be {declared} but was readable only as {used}")
            }
            Problem::UnknownEncoding { label } => write!(f, "The encoding `{label}` is unknown, so it was guessed"),
            Problem::JunkBeforeProlog { bytes } => {
                write!(
                    f,
                    "{} before the beginning of the feed",
                    plural(*bytes, "foreign byte stands", "foreign bytes stand")
                )
            }
            Problem::ControlCharacters { count } => {
                write!(f, "{} left out", plural(*count, "control character was", "control characters were"))
            }
            Problem::UnclosedTags { count, line } => {
                write!(f, "{} never closed, the first before line {line}", plural(*count, "element is", "elements are"))
            }
            Problem::StrayLessThan { line } => write!(f, "A `<` in line {line} begins no tag"),
            Problem::UndefinedEntity { name, line } => write!(f, "The entity `&{name};` in line {line} is not defined"),
            Problem::BadDate { text, line: 0 } => write!(f, "The date `{text}` is not readable"),
            Problem::BadDate { text, line } => write!(f, "The date `{text}` in line {line} is not readable"),
            Problem::MissingVersion => write!(f, "The feed does not say which version of its format it is"),
            Problem::TooManyEntries { kept, max } => {
                write!(f, "The feed is longer than {max} entries; the first {kept} were kept")
            }
            Problem::TooDeep { max, line } => write!(f, "Elements are nested deeper than {max} in line {line}"),
            Problem::TooLong { field, bytes_max } => write!(f, "A {field} is longer than {bytes_max} bytes"),
            Problem::SharedId { id, count } => write!(f, "{count} entries share the identifier `{id}`"),
            Problem::Truncated { line } => write!(f, "The document breaks off in line {line}"),
            Problem::BadJson { line, reason } => write!(f, "The JSON is broken in line {line}: {reason}"),
            Problem::NotOpml { what } => write!(f, "This is {what}, not an OPML file"),
            Problem::BadAddress { text } => write!(f, "The address `{text}` is not one of a feed"),
            Problem::DuplicateFeed { url } => write!(f, "The feed `{url}` is listed more than once"),
        }
    }
}

impl std::error::Error for Problem {}

fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Collects problems: each kind that concerns the whole document once, and never more than the bound.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    list: Vec<Problem>,
}

impl Problems {
    pub(crate) fn push(&mut self, problem: Problem) {
        steps(self.list.len());
        if self.list.iter().any(|known| known.covers(&problem)) {
            return;
        }
        // Why there is nothing to show must be said, whatever else was.
        if self.list.len() >= PROBLEMS_MAX && problem.is_fatal() {
            self.list.pop();
        }
        if self.list.len() < PROBLEMS_MAX {
            self.list.push(problem);
        }
    }

    pub(crate) fn extend(&mut self, problems: Vec<Problem>) {
        problems.into_iter().for_each(|problem| self.push(problem));
    }

    pub(crate) fn into_vec(self) -> Vec<Problem> {
        self.list
    }
}

/// A foreign text, short enough to quote.
pub(crate) fn quote(text: &str) -> String {
    let mut quoted = one_line(&text[..text.floor_char_boundary(QUOTE_BYTES_MAX * 4)]);
    cut(&mut quoted, QUOTE_BYTES_MAX);
    quoted
}

/// The line a place is in. Costs a look at every byte before it, so it is for the first problem of a kind only.
pub(crate) fn line_at(text: &str, position: usize) -> usize {
    search::every(b'\n', &text.as_bytes()[..position.min(text.len())]).count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_are_sentences_without_a_full_stop() {
        let cases = [
            (Problem::Empty, "The document is empty"),
            (Problem::HtmlInstead { title: Some("Log in".into()) }, "This is a web page (`Log in`), not a feed"),
            (Problem::BadBytes { count: 1, encoding: "UTF-8" }, "1 character is not valid UTF-8 and cannot be shown"),
            (Problem::BadDate { text: "soon".into(), line: 7 }, "The date `soon` in line 7 is not readable"),
            (Problem::TooManyEntries { kept: 5, max: 5 }, "The feed is longer than 5 entries; the first 5 were kept"),
        ];
        for (problem, sentence) in cases {
            assert_eq!(problem.to_string(), sentence);
        }
    }

    #[test]
    fn quotes_are_short_and_in_one_line() {
        assert_eq!(quote("a\n b"), "a b");
        assert!(quote(&"日".repeat(1_000)).len() <= QUOTE_BYTES_MAX + 3);
    }

    #[test]
    fn the_list_is_bounded_and_says_nothing_twice() {
        let mut problems = Problems::default();
        for line in 0..1_000 {
            problems.push(Problem::StrayLessThan { line });
            problems.push(Problem::Empty);
        }
        assert_eq!(problems.into_vec().len(), PROBLEMS_MAX);
    }
}
