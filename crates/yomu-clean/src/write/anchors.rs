//! Ids and the links to them.
//!
//! Which of them belong together is known only at the end, so both are left out while writing and put in afterwards: ids
//! that a link leads to, under a prefix of ours, so that no entry can take over an id of the page around it; and links, to
//! that id or, when the text has no such element, to the page the entry came from.

use super::escape::push_value;
use std::collections::HashSet;

/// What every id in cleaned HTML begins with. The page around it must use no such ids.
pub const ID_PREFIX: &str = "in-article-";

/// What is to be put in, in the order of the places.
#[derive(Default)]
pub(crate) struct Anchors {
    places: Vec<Place>,
}

struct Place {
    at: usize,
    what: What,
}

enum What {
    Id(String),
    Link { id: String, url: Option<String> },
}

impl Anchors {
    /// An element at this position has an id.
    pub(crate) fn id(&mut self, at: usize, id: &str) {
        self.places.push(Place { at, what: What::Id(unprefixed(id)) });
    }

    /// A link at this position leads to an id.
    pub(crate) fn link(&mut self, at: usize, id: &str, url: Option<String>) {
        self.places.push(Place { at, what: What::Link { id: unprefixed(id), url } });
    }

    /// The writer took back everything from this position on.
    pub(crate) fn truncate(&mut self, at: usize) {
        while self.places.last().is_some_and(|place| place.at >= at) {
            self.places.pop();
        }
    }

    /// Puts everything in.
    pub(crate) fn finish(self, html: String) -> String {
        if self.places.is_empty() {
            return html;
        }
        let mut linked: HashSet<&str> = HashSet::new();
        let mut present: HashSet<&str> = HashSet::new();
        for place in &self.places {
            match &place.what {
                What::Id(id) => present.insert(id),
                What::Link { id, .. } => linked.insert(id),
            };
        }
        let mut written: HashSet<&str> = HashSet::new();
        let mut out = String::with_capacity(html.len() + self.places.len() * 24);
        let mut copied = 0;
        for place in &self.places {
            out.push_str(&html[copied..place.at]);
            copied = place.at;
            match &place.what {
                What::Id(id) if linked.contains(&**id) && written.insert(id) => {
                    out.push_str(" id=\"");
                    out.push_str(ID_PREFIX);
                    push_value(&mut out, id);
                    out.push('"');
                }
                What::Id(_) => {}
                What::Link { id, .. } if present.contains(&**id) => {
                    out.push_str(" href=\"#");
                    out.push_str(ID_PREFIX);
                    push_value(&mut out, id);
                    out.push('"');
                }
                What::Link { url: Some(url), .. } => {
                    out.push_str(" href=\"");
                    push_value(&mut out, url);
                    out.push_str("\" rel=\"");
                    out.push_str(super::LINK_REL);
                    out.push('"');
                }
                What::Link { url: None, .. } => {}
            }
        }
        out.push_str(&html[copied..]);
        out
    }
}

/// What was cleaned before has the prefix already.
fn unprefixed(id: &str) -> String {
    id.strip_prefix(ID_PREFIX).unwrap_or(id).to_owned()
}
