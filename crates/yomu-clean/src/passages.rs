//! Passages in safe HTML: its text without blanks, and `<mark>` around parts of that text.
//!
//! What comes in was written by `write/mod.rs`: every `<` begins a tag, every tag ends at the next `>`, and four named
//! references stand for what is escaped. Marks are put around runs of text between tags, never around tags, so what comes
//! out is as safe and as well-formed as what went in.

use std::fmt::Write as _;
use std::ops::Range;

/// A part of the text to mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where it is in [`text_without_blanks`], in bytes.
    pub place: Range<usize>,
    /// Its number: its first run of text gets the id `h` with this number.
    pub number: i64,
    /// Whether there is a note about it.
    pub has_note: bool,
}

/// The text of safe HTML without any blanks.
pub fn text_without_blanks(html: &str) -> String {
    let mut text = String::with_capacity(html.len() / 2);
    for piece in pieces(html) {
        if let Piece::Character { character, .. } = piece {
            text.push(character);
        }
    }
    text
}

/// The same HTML with marks around parts of its text. Where two overlap, the one that begins later is seen.
pub fn with_marks(html: &str, marks: &[Mark]) -> String {
    let mut edges: Vec<usize> = marks.iter().flat_map(|mark| [mark.place.start, mark.place.end]).collect();
    edges.sort_unstable();
    edges.dedup();
    let mut order: Vec<&Mark> = marks.iter().filter(|mark| !mark.place.is_empty()).collect();
    // Of those that begin together the shortest is seen, and then the rest of the longer one.
    order.sort_by_key(|mark| (mark.place.start, std::cmp::Reverse(mark.place.end), mark.number));
    let mut writer =
        Writer { out: String::with_capacity(html.len() + 64 * marks.len()), open: None, begun: Vec::new() };
    let (mut at, mut next_edge, mut next_mark) = (0, 0, 0);
    let mut active: Vec<&Mark> = Vec::new();
    for piece in pieces(html) {
        match piece {
            Piece::Tag(tag) => {
                writer.close();
                writer.out.push_str(tag);
            }
            Piece::Blank(blank) => writer.out.push_str(blank),
            Piece::Character { character, written } => {
                if edges.get(next_edge).is_some_and(|edge| *edge <= at) {
                    while edges.get(next_edge).is_some_and(|edge| *edge <= at) {
                        next_edge += 1;
                    }
                    active.retain(|mark| mark.place.end > at);
                    while let Some(mark) = order.get(next_mark).filter(|mark| mark.place.start <= at) {
                        active.extend((mark.place.end > at).then_some(*mark));
                        next_mark += 1;
                    }
                }
                writer.within(active.last().copied());
                writer.out.push_str(written);
                at += character.len_utf8();
            }
        }
    }
    writer.close();
    writer.out
}

struct Writer {
    out: String,
    /// The mark whose element is open.
    open: Option<i64>,
    /// Marks that have had their first run.
    begun: Vec<i64>,
}

impl Writer {
    fn within(&mut self, mark: Option<&Mark>) {
        if self.open == mark.map(|mark| mark.number) {
            return;
        }
        self.close();
        let Some(mark) = mark else { return };
        self.out.push_str("<mark");
        if !self.begun.contains(&mark.number) {
            self.begun.push(mark.number);
            let _ = write!(self.out, " id=\"h{}\"", mark.number);
        }
        if mark.has_note {
            self.out.push_str(" class=\"noted\"");
        }
        let _ = write!(self.out, " data-h=\"{}\">", mark.number);
        self.open = Some(mark.number);
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            // Blanks behind the last character are none of the passage, and blanks between two runs of it are.
            let end = self.out.trim_end_matches(|character: char| character.is_whitespace()).len();
            let blanks = self.out.split_off(end);
            self.out.push_str("</mark>");
            self.out.push_str(&blanks);
        }
    }
}

/// A step through safe HTML.
enum Piece<'h> {
    Tag(&'h str),
    Blank(&'h str),
    /// A character of the text, and how it is written.
    Character {
        character: char,
        written: &'h str,
    },
}

fn pieces(html: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let (piece, length) = match first {
            '<' => {
                let end = rest.find('>').map_or(rest.len(), |end| end + 1);
                (Piece::Tag(&rest[..end]), end)
            }
            '&' => {
                let known = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"')];
                let (written, character) =
                    known.into_iter().find(|(written, _)| rest.starts_with(written)).unwrap_or(("&", '&'));
                (Piece::Character { character, written: &rest[..written.len()] }, written.len())
            }
            _ if first.is_whitespace() => (Piece::Blank(&rest[..first.len_utf8()]), first.len_utf8()),
            _ => {
                let length = first.len_utf8();
                (Piece::Character { character: first, written: &rest[..length] }, length)
            }
        };
        rest = &rest[length..];
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(html: &str, parts: &[&str]) -> String {
        let text = text_without_blanks(html);
        let mark = |(number, part): (usize, &&str)| {
            let start = text.find(*part).expect("a part of the text");
            Mark { place: start..start + part.len(), number: number as i64 + 1, has_note: false }
        };
        with_marks(html, &parts.iter().enumerate().map(mark).collect::<Vec<_>>())
    }

    #[test]
    fn a_passage_over_several_elements_is_marked_in_each() {
        assert_eq!(
            marked("<p>One <b>two</b> three.</p>\n<p>Four</p>", &["twothree.Fo"]),
            "<p>One <b><mark id=\"h1\" data-h=\"1\">two</mark></b> <mark data-h=\"1\">three.</mark></p>\n\
             <p><mark data-h=\"1\">Fo</mark>ur</p>"
        );
    }

    #[test]
    fn blanks_inside_belong_to_the_passage_and_those_around_it_do_not() {
        assert_eq!(marked("<p>a b c d</p>", &["bc"]), "<p>a <mark id=\"h1\" data-h=\"1\">b c</mark> d</p>");
        assert_eq!(
            marked("<p>東京の 静かな街</p>", &["の静か"]),
            "<p>東京<mark id=\"h1\" data-h=\"1\">の 静か</mark>な街</p>"
        );
    }

    #[test]
    fn what_is_escaped_stays_escaped() {
        assert_eq!(
            marked("<p>a &lt;b&gt; &amp; c</p>", &["<b>&"]),
            "<p>a <mark id=\"h1\" data-h=\"1\">&lt;b&gt; &amp;</mark> c</p>"
        );
        assert_eq!(text_without_blanks("<p title=\"&lt;x&gt;\">1 &lt; 2</p><img alt=\"a\">"), "1<2");
    }

    #[test]
    fn overlapping_passages_are_both_there() {
        assert_eq!(
            marked("<p>abcdef</p>", &["abcd", "cdef"]),
            "<p><mark id=\"h1\" data-h=\"1\">ab</mark><mark id=\"h2\" data-h=\"2\">cdef</mark></p>"
        );
        assert_eq!(
            marked("<p>abcdef</p>", &["abcdef", "cd"]),
            "<p><mark id=\"h1\" data-h=\"1\">ab</mark><mark id=\"h2\" data-h=\"2\">cd</mark><mark data-h=\"1\">ef</mark></p>"
        );
    }

    #[test]
    fn without_marks_and_beyond_the_text_nothing_changes() {
        let html = "<p>One <b>two</b></p>";
        assert_eq!(with_marks(html, &[]), html);
        let beyond = Mark { place: 100..200, number: 1, has_note: true };
        let empty = Mark { place: 2..2, number: 2, has_note: true };
        assert_eq!(with_marks(html, &[beyond, empty]), html);
    }

    #[test]
    fn marking_takes_nothing_away_and_adds_only_marks() {
        let html = "<ruby>漢<rt>かん</rt></ruby><ul>\n<li>x &amp; y</li></ul><pre>a\n  b</pre>";
        let text = text_without_blanks(html);
        for start in (0..text.len()).filter(|at| text.is_char_boundary(*at)) {
            for end in (start + 1..=text.len()).filter(|at| text.is_char_boundary(*at)) {
                let out = with_marks(html, &[Mark { place: start..end, number: 7, has_note: true }]);
                let without = out.replace("</mark>", "").replace(" id=\"h7\"", "");
                assert_eq!(without.replace("<mark class=\"noted\" data-h=\"7\">", ""), html);
                assert_eq!(out.matches(" id=\"h7\"").count(), 1);
            }
        }
    }
}
