//! How much there is to read in each part of a page: text outside of links.

use dom_query::{Document, NodeId, NodeRef};
use std::collections::HashMap;

/// Bytes of text for every element of a page. A Japanese character has three bytes and about as much to say.
pub(super) struct Prose {
    outside_of_links: HashMap<NodeId, usize>,
    all: HashMap<NodeId, usize>,
}

/// Never part of an article.
pub(super) const OUTSIDE: &[&str] = &["nav", "footer", "aside", "iframe", "head", "title"];

/// A form with less than this share of the page's prose is for writing, not for reading. Some systems wrap the whole page
/// into one.
const FORM_SHARE_PERCENT: usize = 40;

impl Prose {
    /// Counts once over the page.
    pub(super) fn of(document: &Document) -> Prose {
        let mut prose = Prose { outside_of_links: HashMap::new(), all: HashMap::new() };
        let Some(body) = document.body() else { return prose };
        let nodes: Vec<NodeRef<'_>> = std::iter::once(body).chain(body.descendants_it()).collect();
        // Children come behind their parents, so that sums grow from the end.
        for node in nodes.iter().rev() {
            if node.is_text() {
                let bytes = node.text().trim().len();
                prose.outside_of_links.insert(node.id, bytes);
                prose.all.insert(node.id, bytes);
            }
            let Some(parent) = node.parent().filter(|_| !is_one_of(node, OUTSIDE)) else { continue };
            *prose.all.entry(parent.id).or_default() += prose.with_links(node);
            if !node.has_name("a") {
                *prose.outside_of_links.entry(parent.id).or_default() += prose.below(node);
            }
        }
        prose
    }

    /// Text outside of links.
    pub(super) fn below(&self, node: &NodeRef<'_>) -> usize {
        self.outside_of_links.get(&node.id).copied().unwrap_or_default()
    }

    /// All text.
    pub(super) fn with_links(&self, node: &NodeRef<'_>) -> usize {
        self.all.get(&node.id).copied().unwrap_or_default()
    }

    /// Takes forms for subscribing, searching and writing out of the page.
    pub(super) fn remove_small_forms(&self, document: &Document) {
        let Some(body) = document.body() else { return };
        let whole = self.below(&body);
        let small = |form: &NodeRef<'_>| form.has_name("form") && self.below(form) * 100 < whole * FORM_SHARE_PERCENT;
        let forms: Vec<_> = body.descendants_it().filter(small).collect();
        forms.iter().for_each(NodeRef::remove_from_parent);
    }
}

/// Whether the element has one of these names.
pub(super) fn is_one_of(node: &NodeRef<'_>, names: &[&str]) -> bool {
    names.iter().any(|name| node.has_name(name))
}
