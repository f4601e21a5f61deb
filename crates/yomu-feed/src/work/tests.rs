//! Twice the input takes twice the work, whatever the input.

use std::cell::Cell;

use url::Url;

use super::bombs::bombs;
use super::damage::{Random, document};
use crate::limits::ENTRIES_MAX;
use crate::{Hints, discover, encoding, opml, parse};

thread_local! {
    /// What [`super::steps`] has counted on this thread.
    pub(super) static STEPS: Cell<usize> = const { Cell::new(0) };
}

/// Bytes of the shorter input: enough for what is quadratic to show.
const BYTES: usize = 2_000;

/// How much the work may grow when the input doubles, in percent: a little above 200, for what is rounded.
const GROWTH_PERCENT_MAX: usize = 220;

/// Steps for each byte that goes in: what is looked through at a tag (the elements and namespaces in force, twice two
/// hundred bytes for an attribute) is bounded, and a tag with an attribute has three bytes. Whatever is quadratic takes
/// hundreds at these lengths.
const WORK_PER_BYTE_MAX: usize = 200;

/// So few that it only matters by which way the input went, and not how they grow.
const CHEAP_PER_BYTE: usize = 16;

/// Whatever the length: a document of some bytes still gets all the looks.
const WORK_FOR_NOTHING: usize = 2_000;

#[test]
fn twice_the_input_takes_twice_the_work() {
    for ((name, single), (_, double)) in bombs(BYTES).zip(bombs(2 * BYTES)) {
        for (part, work) in WORKS {
            let (once, twice) = (steps_of(|| work(&single)), steps_of(|| work(&double)));
            let linear = twice * 100 <= once * GROWTH_PERCENT_MAX || twice <= double.len() * CHEAP_PER_BYTE;
            assert!(linear, "{name}, {part}: {once} grows to {twice}");
            assert!(twice <= double.len() * WORK_PER_BYTE_MAX, "{name}, {part}: {twice} for {} bytes", double.len());
        }
    }
}

#[test]
fn damaged_documents_take_some_steps_a_byte() {
    for seed in 1..=200 {
        let bytes = document(&mut Random::new(seed));
        let text = String::from_utf8_lossy(&bytes);
        for (part, work) in WORKS {
            let steps = steps_of(|| work(&text));
            let allowed = WORK_FOR_NOTHING + text.len() * WORK_PER_BYTE_MAX;
            assert!(steps <= allowed, "{part} of seed {seed}: {steps} for {} bytes", text.len());
        }
    }
}

#[test]
fn ordinary_documents_take_a_few_steps_a_byte() {
    let entry = "<item><title>A title &amp; more</title><link>https://x.example/1</link><guid>1</guid>\n\
        <description><![CDATA[<p>Words <a href=\"/x\">and a link</a>.</p>]]></description></item>\n";
    let outline = "<outline type=\"rss\" text=\"A feed\" xmlUrl=\"https://x.example/feed\"/>\n";
    let cases: [(&str, Work, String); 3] = [
        ("parsing", reading, format!("<rss version='2.0'><channel>{}</channel></rss>", entry.repeat(500))),
        ("lists", lists, format!("<opml><body>{}</body></opml>", outline.repeat(500))),
        ("discovery", discovery, format!("<html><body>{}", "<p>Words <a href=\"/x\">and a link</a>.".repeat(500))),
    ];
    for (part, work, text) in cases {
        let steps = steps_of(|| work(&text));
        assert!(steps < 16 * text.len(), "{part}: {steps} for {} bytes", text.len());
    }
}

#[test]
fn entries_above_the_bound_are_not_read() {
    let feed = |entries: usize| {
        format!("<rss version='2.0'>{}", "<item><title>x</title><link>https://x.example/</link></item>".repeat(entries))
    };
    let (kept, cut) = (feed(ENTRIES_MAX), feed(3 * ENTRIES_MAX));
    let (steps_of_kept, steps_of_cut) = (steps_of(|| reading(&kept)), steps_of(|| reading(&cut)));
    let more = steps_of_cut - steps_of_kept;
    // They are decoded like all that came, and nothing else.
    assert!(more <= 4 * (cut.len() - kept.len()), "{more} steps for {} bytes", cut.len() - kept.len());
}

/// Something done with a document.
type Work = fn(&str);

const WORKS: [(&str, Work); 4] =
    [("parsing", reading), ("decoding", decoding), ("lists", lists), ("discovery", discovery)];

fn reading(text: &str) {
    parse(text.as_bytes(), &Hints::default());
}

/// What ends in Shift_JIS and is said to be in UTF-8 is decoded in every way there is.
fn decoding(text: &str) {
    let bytes: Vec<u8> = text.bytes().chain(*b"\x93\xfa\x96\x7b\xff").collect();
    encoding::decode(&bytes, Some("text/xml; charset=utf-8"), None);
}

fn lists(text: &str) {
    let list = opml::read(text.as_bytes());
    opml::write("", &list.outlines);
}

fn discovery(text: &str) {
    let page: Url = "https://www.youtube.com/@x".parse().expect("an address");
    discover::candidates(text, &page);
    discover::icons(text, &page);
}

fn steps_of(work: impl FnOnce()) -> usize {
    STEPS.set(0);
    work();
    STEPS.get()
}
