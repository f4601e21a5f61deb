//! What was read

use std::fmt;

use jiff::Timestamp;

use crate::address::web_address;
use crate::limits::{ADDRESS_BYTES_MAX, HIGHLIGHTS_MAX, ITEMS_MAX, PROBLEMS_MAX, TAGS_MAX, TITLE_BYTES_MAX, cut};

/// The program that a file is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Pocket's CSV or HTML.
    Pocket,
    /// Instapaper's CSV.
    Instapaper,
    /// Omnivore's JSON.
    Omnivore,
    /// wallabag's JSON.
    Wallabag,
    /// Readeck's JSON.
    Readeck,
    /// Bookmarks of a browser or a bookmark service.
    Bookmarks,
}

/// A page that somebody kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// Its address.
    pub url: String,
    /// Its title; may be empty.
    pub title: String,
    /// Words that it was given.
    pub tags: Vec<String>,
    /// Whether it was put away as read.
    pub is_archived: bool,
    /// Whether it was starred.
    pub is_starred: bool,
    /// When it was kept.
    pub saved_at: Option<Timestamp>,
    /// Passages that were highlighted.
    pub highlights: Vec<Highlight>,
    /// The text, as any HTML, where the file has it.
    pub html: String,
}

/// A passage and what was written beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Highlight {
    /// The passage.
    pub text: String,
    /// The note; may be empty.
    pub note: String,
    /// When it was made.
    pub made_at: Option<Timestamp>,
}

/// All that a file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Library {
    /// Where it is from.
    pub source: Source,
    /// The pages, in the order of the file.
    pub items: Vec<Item>,
    /// What could not be used.
    pub problems: Vec<Problem>,
}

/// Something that could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Which record it is, counted from 1.
    pub record: usize,
    /// What is wrong with it.
    pub what: What,
}

/// What is wrong with a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// It has no address of the web.
    NoAddress {
        /// What stands there instead.
        text: String,
    },
    /// The file ends in the middle of it, or is broken there.
    Broken,
    /// There are more records than are read.
    TooMany,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let record = self.record;
        match &self.what {
            What::NoAddress { text } if text.is_empty() => write!(formatter, "record {record} has no address"),
            What::NoAddress { text } => write!(formatter, "record {record}: `{text}` is no web address"),
            What::Broken => write!(formatter, "the file is broken at record {record}; what follows was not read"),
            What::TooMany => write!(formatter, "only the first {ITEMS_MAX} records were read"),
        }
    }
}

impl Library {
    pub(crate) fn of(source: Source) -> Self {
        Self { source, items: Vec::new(), problems: Vec::new() }
    }

    /// Takes a record in, cut to the bounds. Says whether there is room for another.
    pub(crate) fn take(&mut self, record: usize, mut item: Item) -> bool {
        if self.items.len() == ITEMS_MAX {
            self.problem(record, What::TooMany);
            return false;
        }
        let url = item.url.trim();
        if url.len() > ADDRESS_BYTES_MAX || !web_address(url) {
            let text = cut(url, 80).to_owned();
            self.problem(record, What::NoAddress { text });
            return true;
        }
        item.url = url.to_owned();
        item.title = cut(item.title.trim(), TITLE_BYTES_MAX).to_owned();
        for tag in &mut item.tags {
            *tag = tag.trim().to_owned();
        }
        item.tags.retain(|tag| !tag.is_empty());
        item.tags.truncate(TAGS_MAX);
        item.highlights.retain(|one| !one.text.trim().is_empty());
        item.highlights.truncate(HIGHLIGHTS_MAX);
        self.items.push(item);
        true
    }

    pub(crate) fn problem(&mut self, record: usize, what: What) {
        if self.problems.len() < PROBLEMS_MAX {
            self.problems.push(Problem { record, what });
        }
    }
}
