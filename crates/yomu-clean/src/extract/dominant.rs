//! A second opinion on where the article is, for pages that are not made of paragraphs.
//!
//! From `<body>` down, the text outside of links is followed to the element that holds most of it, until it spreads over
//! several: that is the article. This knows nothing of class names, and so works on the table layouts of 2005.

use dom_query::{Document, NodeId, NodeRef};
use std::collections::HashMap;

/// Never part of an article.
const OUTSIDE: &[&str] = &["nav", "footer", "aside", "form", "iframe", "head", "title"];

/// The share of its parent's text with which an element is the parent's only content.
const SHARE_PERCENT: usize = 75;

/// The inner HTML of the part that holds most of the prose.
pub(super) fn dominant_part(document: &Document) -> Option<String> {
    let mut part = document.body()?;
    let prose = prose_below(&part);
    let of = |node: &NodeRef<'_>| prose.get(&node.id).copied().unwrap_or_default();
    while let Some(child) = part.children_it(false).max_by_key(of)
        && child.is_element()
        && of(&child) * 100 >= of(&part) * SHARE_PERCENT
        // Below these, taking the inside would lose what the text is.
        && !child.node_name().is_some_and(|name| matches!(&*name, "p" | "pre" | "ul" | "ol" | "dl" | "blockquote" | "li"))
    {
        part = child;
    }
    if of(&part) == 0 {
        return None;
    }
    for outside in OUTSIDE {
        part.descendants_it()
            .filter(|node| node.has_name(outside))
            .collect::<Vec<_>>()
            .iter()
            .for_each(NodeRef::remove_from_parent);
    }
    Some(part.inner_html().to_string())
}

/// Bytes of text outside of links, for every element: a Japanese character has three bytes and about as much to say.
fn prose_below(body: &NodeRef<'_>) -> HashMap<NodeId, usize> {
    let mut prose: HashMap<NodeId, usize> = HashMap::new();
    let nodes: Vec<NodeRef<'_>> = std::iter::once(*body).chain(body.descendants_it()).collect();
    // Children come behind their parents, so that sums grow from the end.
    for node in nodes.iter().rev() {
        if node.is_text() {
            prose.insert(node.id, node.text().trim().len());
        }
        let own = prose.get(&node.id).copied().unwrap_or_default();
        let counts = own > 0 && !node.has_name("a") && !OUTSIDE.iter().any(|outside| node.has_name(outside));
        if counts && let Some(parent) = node.parent() {
            *prose.entry(parent.id).or_default() += own;
        }
    }
    prose
}
