//! One entry: a title, a date and a body of 1 to 8 KB of the HTML that feeds carry, good and bad.

use std::fmt::Write as _;

use crate::prose::{Language, MARKERS, phrase, sentence};
use crate::random::Random;

/// An entry as the formats write it.
pub(crate) struct Article {
    pub(crate) title: String,
    pub(crate) html: String,
    pub(crate) published: u64,
}

/// Which entry, in which library.
#[derive(Clone, Copy)]
pub(crate) struct EntryId {
    pub(crate) seed: u64,
    pub(crate) feed: u32,
    /// Counted from one, the oldest first.
    pub(crate) number: u32,
}

impl EntryId {
    fn random(self, purpose: u64) -> Random {
        Random::new(&[self.seed, u64::from(self.feed), u64::from(self.number), purpose])
    }

    /// The marker words this entry holds.
    pub(crate) fn markers(self) -> impl Iterator<Item = &'static str> {
        let language = Language::of_feed(self.feed);
        let mut random = self.random(2);
        let chosen = MARKERS.iter().filter(move |(_, of, per_thousand)| {
            // Drawn for every marker, also those of the other language: a new marker at the end moves no other.
            let drawn = random.below(1000) as u64;
            *of == language && drawn < *per_thousand
        });
        chosen.map(|(word, _, _)| *word)
    }

    /// Writes the entry. `newest` is the number and the time of the feed's newest entry at the start; the others are an
    /// hour apart.
    pub(crate) fn write(self, newest: (u32, u64)) -> Article {
        let language = Language::of_feed(self.feed);
        let mut random = self.random(1);
        let published = newest.1 + u64::from(self.number) * 3600 - u64::from(newest.0) * 3600;
        let title = phrase(&mut random, language, if language == Language::English { 80 } else { 34 });
        let target = random.between(1_000, 7_600);
        let mut html = String::with_capacity(target + 1_200);
        for word in self.markers() {
            let _ = match language {
                Language::English => write!(html, "<p>There was talk of the {word} again.</p>"),
                Language::Japanese => write!(html, "<p>その日は{word}のことを書いた。</p>"),
            };
        }
        while html.len() < target {
            block(&mut random, language, self, &mut html);
        }
        Article { title, html, published }
    }
}

/// Appends one block. The shares add up to 100 and follow what feeds of text hold: mostly paragraphs, a picture or a list
/// now and then, and in one block of nine something that a reader must take out.
fn block(random: &mut Random, language: Language, id: EntryId, out: &mut String) {
    match random.below(100) {
        0..58 => paragraph(random, language, out),
        58..66 => picture(random, language, id, out),
        66..74 => list(random, language, out),
        74..80 => wrapped(random, language, "blockquote", out),
        80..85 => {
            let heading = phrase(random, language, 40);
            let _ = write!(out, "<h2>{heading}</h2>");
        }
        85..89 => code(random, out),
        89..93 => styled(random, language, out),
        93..96 => tracker(random, id, out),
        96..98 => script(random, out),
        _ => form(random, language, out),
    }
}

fn paragraph(random: &mut Random, language: Language, out: &mut String) {
    out.push_str("<p>");
    sentences(random, language, out);
    if random.below(3) == 0 {
        let (site, page) = (random.below(400), random.below(9000));
        let words = phrase(random, language, 24);
        let _ = write!(
            out,
            " <a href=\"https://site{site}.example/{page}?id={page}&amp;utm_source=feed&amp;utm_medium=rss&amp;utm_campaign=a{site}\">{words}</a>"
        );
    }
    if random.below(4) == 0 {
        let words = phrase(random, language, 16);
        let _ = write!(out, " <em>{words}</em>");
    }
    out.push_str("</p>\n");
}

fn sentences(random: &mut Random, language: Language, out: &mut String) {
    for position in 0..random.between(2, 5) {
        if position > 0 && language == Language::English {
            out.push(' ');
        }
        sentence(random, language, out);
    }
}

fn picture(random: &mut Random, language: Language, id: EntryId, out: &mut String) {
    let words = phrase(random, language, 30);
    let (host, width) = (random.below(40), random.between(5, 20) * 64);
    let _ = writeln!(
        out,
        "<figure><img src=\"https://img{host}.example/{}/{}.jpg\" width=\"{width}\" height=\"{}\" alt=\"{words}\"><figcaption>{words}</figcaption></figure>",
        id.feed,
        id.number,
        width * 9 / 16
    );
}

fn list(random: &mut Random, language: Language, out: &mut String) {
    let tag = random.pick(&["ul", "ol"]);
    let _ = write!(out, "<{tag}>");
    for _ in 0..random.between(3, 7) {
        out.push_str("<li>");
        sentence(random, language, out);
        out.push_str("</li>");
    }
    let _ = writeln!(out, "</{tag}>");
}

fn wrapped(random: &mut Random, language: Language, tag: &str, out: &mut String) {
    let _ = write!(out, "<{tag}><p>");
    sentences(random, language, out);
    let _ = writeln!(out, "</p></{tag}>");
}

fn code(random: &mut Random, out: &mut String) {
    out.push_str("<pre><code>");
    for _ in 0..random.between(3, 9) {
        let (left, right) = (random.below(100), random.below(9000));
        let _ = writeln!(out, "if left[{left}] &lt; {right} &amp;&amp; ready {{ send(&quot;{left}-{right}&quot;); }}");
    }
    out.push_str("</code></pre>\n");
}

fn styled(random: &mut Random, language: Language, out: &mut String) {
    let colour = random.below(0x00ff_ffff);
    let _ = write!(
        out,
        "<div class=\"x{colour}\" style=\"color:#{colour:06x};position:fixed\" onclick=\"go({colour})\"><font size=\"5\"><p onmouseover=\"t()\">"
    );
    sentences(random, language, out);
    out.push_str("</p></font></div>\n");
}

fn tracker(random: &mut Random, id: EntryId, out: &mut String) {
    let _ = writeln!(
        out,
        "<img src=\"https://pixel{}.example/open.gif?feed={}&amp;entry={}\" width=\"1\" height=\"1\" alt=\"\">",
        random.below(9),
        id.feed,
        id.number
    );
}

fn script(random: &mut Random, out: &mut String) {
    let number = random.below(1000);
    let _ = writeln!(
        out,
        "<script>window.seen = (window.seen || 0) + {number}; if (seen < {number}) {{ seen() }}</script>"
    );
}

fn form(random: &mut Random, language: Language, out: &mut String) {
    let words = phrase(random, language, 14);
    let _ = writeln!(
        out,
        "<form action=\"https://list.example/join\"><input type=\"email\" name=\"who\"><button>{words}</button></form><iframe src=\"https://frame.example/{}\"></iframe>",
        random.below(99)
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(feed: u32, number: u32) -> EntryId {
        EntryId { seed: 7, feed, number }
    }

    #[test]
    fn an_entry_is_the_same_every_time_and_unlike_its_neighbour() {
        let html = |number| entry(0, number).write((50, 1_000_000)).html;
        assert_eq!(html(4), html(4));
        assert_ne!(html(4), html(5));
    }

    #[test]
    fn bodies_have_between_one_and_ten_kilobytes_and_every_kind_of_block() {
        let all: Vec<String> = (1..400).map(|number| entry(number % 10, number).write((400, 9_000_000)).html).collect();
        assert!(all.iter().all(|html| (1_000..10_000).contains(&html.len())));
        let joined = all.concat();
        for kind in [
            "utm_source=",
            "<figure>",
            "<li>",
            "<blockquote>",
            "<h2>",
            "<pre>",
            "onclick=",
            "pixel",
            "<script>",
            "<form",
            "<iframe",
        ] {
            assert!(joined.contains(kind), "{kind}");
        }
    }

    #[test]
    fn entries_are_an_hour_apart() {
        let at = |number| entry(1, number).write((20, 1_000_000)).published;
        assert_eq!((at(20), at(19), at(21)), (1_000_000, 996_400, 1_003_600));
    }

    #[test]
    fn a_marked_entry_holds_its_word_and_an_unmarked_one_does_not() {
        let (mut with, mut without) = (0, 0);
        for number in 1..500 {
            let id = entry(3, number);
            let marked = id.markers().any(|word| word == "東京");
            assert_eq!(id.write((500, 9_000_000)).html.contains("東京"), marked);
            if marked { with += 1 } else { without += 1 }
        }
        assert!((100..200).contains(&with) && without > 250, "{with} {without}");
    }
}
