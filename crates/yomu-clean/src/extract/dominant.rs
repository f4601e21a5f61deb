//! A second opinion on where the article is, for pages that are not made of paragraphs.
//!
//! From `<body>` down, the text outside of links is followed to the element that holds most of it, until it spreads over
//! several: that is the article. This knows nothing of class names, and so works on the table layouts of 2005.

use super::prose::{OUTSIDE, Prose, is_one_of};
use dom_query::{Document, NodeRef};

/// The share of its parent's text with which an element is the parent's only content.
const SHARE_PERCENT: usize = 75;

/// The part of all text, in percent, that lies in links where an element is a menu.
const MENU_PERCENT: usize = 80;

/// Takes the part that holds most of the prose out of the page, as HTML.
pub(super) fn take_dominant_part(document: &Document, prose: &Prose) -> Option<String> {
    let mut part = document.body()?;
    while let Some(child) = part.children_it(false).max_by_key(|child| prose.below(child))
        && child.is_element()
        && prose.below(&child) * 100 >= prose.below(&part) * SHARE_PERCENT
        // Below these, taking the inside would lose what the text is.
        && !is_one_of(&child, &["p", "pre", "ul", "ol", "dl", "blockquote", "li"])
    {
        part = child;
    }
    if prose.below(&part) == 0 {
        return None;
    }
    let is_menu = |node: &NodeRef<'_>| {
        let (all, outside_of_links) = (prose.with_links(node), prose.below(node));
        is_one_of(node, &["ul", "ol", "div", "section", "table", "dl"])
            && (all - outside_of_links) * 100 > all * MENU_PERCENT
    };
    let dropped: Vec<_> = part.descendants_it().filter(|node| is_one_of(node, OUTSIDE) || is_menu(node)).collect();
    dropped.iter().for_each(NodeRef::remove_from_parent);
    Some(part.inner_html().to_string())
}
