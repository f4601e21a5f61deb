//! OPML, the format in which readers hand over lists of subscriptions: 1.0 and 2.0 in, 2.0 out.

mod read;
mod write;

use crate::problem::Problem;

pub use read::read;
pub use write::write;

/// A list of subscriptions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadOpml {
    /// What the list is called.
    pub title: Option<String>,
    /// The feeds, in the order of the document; twice if they are listed twice.
    pub outlines: Vec<Outline>,
    /// What was wrong. A fatal one says why there is nothing.
    pub problems: Vec<Problem>,
}

/// A feed in a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// The folders it is in, the outermost first.
    pub folders: Vec<String>,
    /// What the user calls it; may be empty.
    pub title: String,
    /// The feed's address.
    pub xml_url: String,
    /// The site's address.
    pub html_url: Option<String>,
    /// What it is about.
    pub description: Option<String>,
    /// Tags, from the `category` attribute.
    pub categories: Vec<String>,
}

/// Characters that XML cannot hold, even escaped.
fn is_foreign(c: char) -> bool {
    c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r') || matches!(c, '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests;
