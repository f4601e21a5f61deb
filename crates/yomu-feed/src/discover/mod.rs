//! Finding the feeds of a page: what the page names, what its address tells, and where feeds usually are.
//!
//! Nothing is fetched here; candidates are for the caller to try, best first.

mod icons;
mod page;
mod paths;
mod sites;

use url::Url;

use crate::limits::CANDIDATES_MAX;
use crate::work::steps;

pub use icons::icons;
pub use page::candidates;
pub use paths::common_paths;
pub use sites::from_address;

/// An address where a feed may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The address.
    pub url: Url,
    /// What the page calls it.
    pub title: Option<String>,
    /// What it probably is.
    pub format: FormatHint,
    /// How it was found.
    pub how: How,
}

/// What a candidate probably is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FormatHint {
    /// RSS or RDF.
    Rss,
    /// Atom.
    Atom,
    /// JSON Feed.
    Json,
    /// A feed of some kind.
    Unknown,
}

/// How a candidate was found, surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// The page names it in a `link` element.
    LinkElement,
    /// The site is known, and this is where its feeds are.
    KnownSite,
    /// The page links to it.
    Anchor,
    /// Many sites have one there.
    CommonPath,
}

/// Adds a candidate unless its address is there already.
fn push(candidate: Candidate, list: &mut Vec<Candidate>) {
    steps(list.len());
    if list.len() < CANDIDATES_MAX && !list.iter().any(|known| known.url == candidate.url) {
        list.push(candidate);
    }
}

/// What an address says about the format.
fn hint_of(url: &Url) -> FormatHint {
    let path = url.path().to_ascii_lowercase();
    if path.ends_with(".json") {
        FormatHint::Json
    } else if path.contains("atom") {
        FormatHint::Atom
    } else if path.contains("rss") || path.ends_with(".rdf") {
        FormatHint::Rss
    } else {
        FormatHint::Unknown
    }
}

#[cfg(test)]
mod tests;
