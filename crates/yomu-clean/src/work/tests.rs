//! Twice the input takes twice the work, whatever the input.

use super::bombs::bombs;
use super::counting_sink::{page_with_touches, touches_of_fragment};
use crate::clean::{Context, clean};
use crate::extract::extract;
use crate::limits::{PAGE_DEPTH_MAX, PAGE_NODES_MAX};
use crate::markup::prune::{Bounds, prune};
use crate::markup::token::{Token, Tokens};
use dom_query::{Document, NodeRef};
use std::cell::Cell;

thread_local! {
    /// What [`super::steps`] has counted on this thread.
    pub(super) static STEPS: Cell<usize> = const { Cell::new(0) };
}

/// Bytes of the shorter input: enough to reach every bound on depth several times over.
const BYTES: usize = 6_000;

/// Bytes that are also enough for the bound on the elements of a page.
const PAGE_BYTES: usize = 200_000;

/// How much the work may grow when the input doubles, in percent: a little above 200, for what is rounded.
const GROWTH_PERCENT_MAX: usize = 220;

/// Steps and touches for each byte that goes in: the deepest stack is looked through for the shortest tag. Whatever is
/// quadratic takes thousands at these lengths.
const WORK_PER_BYTE_MAX: usize = 100;

/// So few that it only matters by which way the input went, and not how they grow.
const CHEAP_PER_BYTE: usize = 16;

#[test]
fn twice_the_input_takes_twice_the_work() {
    for ((name, single), (_, double)) in bombs(BYTES).into_iter().zip(bombs(2 * BYTES)) {
        for (part, work) in WORKS {
            let (once, twice) = (work(&single), work(&double));
            eprintln!("{name}, {part}: {once} {twice}");
            let linear = twice * 100 <= once * GROWTH_PERCENT_MAX || twice <= double.len() * CHEAP_PER_BYTE;
            assert!(linear, "{name}, {part}: {once} grows to {twice}");
            assert!(twice <= double.len() * WORK_PER_BYTE_MAX, "{name}, {part}: {twice} for {} bytes", double.len());
        }
    }
}

#[test]
fn a_parser_never_gets_more_than_it_can_take() {
    for (name, html) in bombs(PAGE_BYTES) {
        // The search for the article visits each element of a page several times, and each time all around it.
        let (page, _) = page_with_touches(&prune(&html, &Bounds::PAGE).html);
        let (elements, depth) = size(&page);
        assert!(elements <= 2 * PAGE_NODES_MAX, "{name}: {elements} elements");
        assert!(depth <= 2 * PAGE_DEPTH_MAX, "{name}: {depth} deep");
    }
}

#[test]
fn ordinary_markup_takes_a_few_steps_a_byte() {
    let html =
        "<p>Words <a href=\"/x\">and a link</a>, &amp; more.</p>\n<ul><li>one</li><li>two</li></ul>\n".repeat(500);
    for (part, work) in WORKS {
        let steps = work(&html);
        assert!(steps < 8 * html.len(), "{part}: {steps} for {} bytes", html.len());
    }
}

/// What some input costs.
type Work = fn(&str) -> usize;

const WORKS: [(&str, Work); 5] = [
    ("cleaning", |html| steps_of(|| drop(clean(html, &Context::default())))),
    ("extraction", |html| steps_of(|| drop(extract(html, &"https://site.example/".parse().expect("an address"))))),
    ("parsing", |html| touches_of_fragment(&prune(html, &Bounds::FRAGMENT).html)),
    ("parsing a page", |html| page_with_touches(&prune(html, &Bounds::PAGE).html).1),
    ("writing", |html| serializer_steps(&prune(html, &Bounds::FRAGMENT).html)),
];

fn steps_of(work: impl FnOnce()) -> usize {
    STEPS.set(0);
    work();
    STEPS.get()
}

/// What the serializer behind the parser does: at every character to escape, it searches the rest of the text or of the
/// value again, some 32 bytes in a step.
fn serializer_steps(html: &str) -> usize {
    let steps = |text: &str| text.bytes().filter(|byte| matches!(byte, b'&' | b'<' | 0xc2)).count() * text.len() / 32;
    Tokens::new(html)
        .map(|token| match token {
            Token::Start(start) => steps(start.source),
            Token::Text(text) => steps(text),
            Token::End(_) | Token::Other => 0,
        })
        .sum()
}

/// The number of elements of a tree, and the depth of the deepest.
fn size(page: &Document) -> (usize, usize) {
    let elements = page.root().descendants_it().filter(NodeRef::is_element).count();
    let mut deepest = 0;
    let mut level: Vec<NodeRef<'_>> = vec![page.root()];
    while !level.is_empty() {
        deepest += 1;
        level = level.iter().flat_map(|node| node.children_it(false)).collect();
    }
    (elements, deepest)
}
