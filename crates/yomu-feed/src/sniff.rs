//! What kind of document this is, from its first tags.

use crate::limits::JUNK_BYTES_MAX;
use crate::markup::{Scanner, Token, split_name};
use crate::problem::{Problem, quote};
use crate::text::strip_tags;

/// What to read a document as.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A feed in XML: where its root element is, and how many foreign bytes come before its beginning.
    Xml { root: usize, junk_bytes: usize },
    /// JSON of some kind.
    Json,
    /// Nothing a feed could be.
    Not(Problem),
}

pub(crate) fn sniff(text: &str) -> Kind {
    let trimmed = text.trim_start();
    match trimmed.as_bytes().first() {
        None => Kind::Not(Problem::Empty),
        Some(b'{' | b'[') => Kind::Json,
        Some(_) => sniff_markup(text),
    }
}

fn sniff_markup(text: &str) -> Kind {
    let head = &text[..text.floor_char_boundary(JUNK_BYTES_MAX)];
    let mut scanner = Scanner::new(head);
    let mut first = None;
    // Where the feed begins: its prolog, unless foreign text comes between the two.
    let mut prolog = None;
    let mut junk = false;
    while let Some(token) = scanner.next() {
        let at = scanner.start();
        match token {
            Token::Start(tag) => match kind_of_root(tag.name) {
                Root::Feed => return Kind::Xml { root: at, junk_bytes: if junk { prolog.unwrap_or(at) } else { 0 } },
                Root::Html => return Kind::Not(Problem::HtmlInstead { title: html_title(text) }),
                Root::Other => {
                    first.get_or_insert(tag.name);
                    (junk, prolog) = (true, None);
                }
            },
            Token::Other if head[at..].starts_with("<?xml") => prolog = prolog.or(Some(at)),
            Token::Other if is_html_doctype(&head[at..]) => {
                return Kind::Not(Problem::HtmlInstead { title: html_title(text) });
            }
            Token::Text(inside) | Token::CData(inside) if !inside.trim().is_empty() => (junk, prolog) = (true, None),
            _ => {}
        }
    }
    Kind::Not(match first {
        Some(root) if is_html_fragment(root) => Problem::HtmlInstead { title: html_title(text) },
        Some(root) => Problem::OtherXml { root: quote(root) },
        None if is_binary(head) => Problem::Binary,
        None => Problem::PlainText { start: quote(text) },
    })
}

enum Root {
    Feed,
    Html,
    Other,
}

fn kind_of_root(name: &str) -> Root {
    let local = split_name(name).1;
    let is = |names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(local));
    if is(&["rss", "feed", "rdf", "channel"]) {
        Root::Feed
    } else if is(&["html", "head", "body"]) {
        Root::Html
    } else {
        Root::Other
    }
}

fn is_html_doctype(text: &str) -> bool {
    let words = text.get(..14).unwrap_or_default().to_ascii_lowercase();
    words.starts_with("<!doctype html")
}

/// Pieces that sites hand out without any `html` around them.
fn is_html_fragment(root: &str) -> bool {
    [
        "div", "p", "script", "meta", "title", "link", "style", "h1", "h2", "br", "b", "center", "table", "form", "a",
        "img",
    ]
    .iter()
    .any(|name| name.eq_ignore_ascii_case(root))
}

fn html_title(text: &str) -> Option<String> {
    let mut scanner = Scanner::new(&text[..text.floor_char_boundary(JUNK_BYTES_MAX)]);
    while let Some(token) = scanner.next() {
        let Token::Start(tag) = token else { continue };
        if tag.name.eq_ignore_ascii_case("title") {
            let title = strip_tags(scanner.skip_raw_text(tag.name));
            return (!title.is_empty()).then(|| quote(&title));
        }
        if ["script", "style"].iter().any(|name| name.eq_ignore_ascii_case(tag.name)) {
            scanner.skip_raw_text(tag.name);
        }
    }
    None
}

/// More than one character in ten is none that text has.
fn is_binary(head: &str) -> bool {
    let foreign = head.chars().filter(|c| *c == '\u{fffd}' || c.is_control() && !c.is_ascii_whitespace()).count();
    foreign * 10 > head.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_are_found_behind_whatever_comes_first() {
        let cases = [
            ("<rss version='2.0'>", 0),
            ("  \n<?xml version='1.0'?>\n<!-- x --><feed>", 0),
            ("<?xml version='1.0'?><?xml version='1.0'?><rdf:RDF>", 0),
            ("<!DOCTYPE rss [<!ENTITY a 'b'>]><RSS>", 0),
            ("Warning: x<?xml version='1.0'?><rss>", 10),
            ("<br />\n<b>Notice</b><rss>", 20),
        ];
        for (text, expected) in cases {
            let Kind::Xml { root, junk_bytes } = sniff(text) else { panic!("{text} is a feed") };
            assert_eq!(junk_bytes, expected, "{text}");
            assert!(["<rss", "<RSS", "<feed", "<rdf"].iter().any(|tag| text[root..].starts_with(tag)), "{text}");
        }
        assert_eq!(sniff(" {}"), Kind::Json);
    }

    #[test]
    fn other_documents_are_named() {
        let cases = [
            (" \n ", Problem::Empty),
            ("<!DOCTYPE html><title>Log&nbsp;in</title><rss>", Problem::HtmlInstead { title: Some("Log in".into()) }),
            ("<html><body><p>x", Problem::HtmlInstead { title: None }),
            ("<div>x</div>", Problem::HtmlInstead { title: None }),
            ("<?xml version='1.0'?><urlset/>", Problem::OtherXml { root: "urlset".into() }),
            ("Service Unavailable", Problem::PlainText { start: "Service Unavailable".into() }),
            ("\u{fffd}\u{1}\u{2}PNG", Problem::Binary),
        ];
        for (text, problem) in cases {
            assert_eq!(sniff(text), Kind::Not(problem), "{text}");
        }
    }
}
