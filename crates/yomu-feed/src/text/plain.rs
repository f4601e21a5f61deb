//! One line of plain text out of whatever a title holds.

use std::borrow::Cow;

use crate::limits::TITLE_BYTES_MAX;
use crate::markup::{Scanner, Tag, Token, unescape};
use crate::search;
use crate::work::steps;

/// Elements that people put around words of a title. Other names in angle brackets are meant: `Vec<T>`.
const INLINE: [&str; 35] = [
    "a", "abbr", "acronym", "b", "big", "br", "cite", "code", "del", "div", "em", "font", "h1", "h2", "h3", "hr", "i",
    "img", "ins", "kbd", "mark", "p", "q", "rp", "rt", "ruby", "s", "small", "span", "strike", "strong", "sub", "sup",
    "u", "wbr",
];

/// A title that may hold HTML: tags out, entities decoded, one line.
pub(crate) fn plain_title(text: &str) -> String {
    let text = head(text);
    if search::either(b'<', b'&', text.as_bytes()).is_none() {
        return one_line(text);
    }
    let text = strip_inline(text);
    // Escaped twice, by a tool that fed its output to another one: `Q&amp;amp;A`.
    let text = match search::byte(b'&', text.as_bytes()) {
        Some(_) => unescape(&text).into_owned(),
        None => text.into_owned(),
    };
    one_line(&text)
}

/// The text of real markup, one line: all tags out, entities decoded.
pub(crate) fn strip_tags(markup: &str) -> String {
    let mut scanner = Scanner::new(head(markup));
    let mut text = String::with_capacity(markup.len().min(256));
    while let Some(token) = scanner.next() {
        match token {
            Token::Text(raw) => text.push_str(&unescape(raw)),
            Token::CData(raw) => text.push_str(raw),
            Token::Start(tag) if is_break(tag.name) => text.push(' '),
            _ => {}
        }
    }
    one_line(&text)
}

/// What is enough of a text to make a title of, markup included.
fn head(text: &str) -> &str {
    &text[..text.floor_char_boundary(16 * TITLE_BYTES_MAX)]
}

/// Trims, and makes one space of every run of spaces and line ends. The ideographic space inside stays: Japanese
/// titles use it between name and subject.
pub(crate) fn one_line(text: &str) -> String {
    steps(text.len());
    let mut line = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() && c != '\u{3000}').filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    match line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}')) {
        trimmed if trimmed.len() == line.len() => line,
        trimmed => trimmed.to_owned(),
    }
}

/// At most so many bytes, at a character's end, with an ellipsis where something is missing.
pub(crate) fn cut(text: &mut String, bytes_max: usize) {
    if text.len() > bytes_max {
        text.truncate(text.floor_char_boundary(bytes_max));
        text.push('…');
    }
}

/// Takes out tags that are certainly markup: inline elements with attributes, or closed later on, or `<br>`.
/// "How to centre a <div>" keeps its last word.
fn strip_inline(text: &str) -> Cow<'_, str> {
    if search::byte(b'<', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let closed = closed_names(text);
    let mut scanner = Scanner::new(text);
    let mut stripped = String::with_capacity(text.len());
    while let Some(token) = scanner.next() {
        let raw = &text[scanner.start()..scanner.position()];
        match token {
            Token::Start(tag) if is_markup(&tag, &closed) => {
                if is_break(tag.name) {
                    stripped.push(' ');
                }
            }
            Token::End(name) if is_among(name, &closed) => {}
            Token::CData(inside) => stripped.push_str(inside),
            Token::Other => {}
            Token::Text(_) | Token::Start(_) | Token::End(_) => stripped.push_str(raw),
        }
    }
    Cow::Owned(stripped)
}

fn closed_names(text: &str) -> Vec<&str> {
    let mut scanner = Scanner::new(text);
    let mut names = Vec::new();
    while let Some(token) = scanner.next() {
        if let Token::End(name) = token
            && is_inline(name)
            && !is_among(name, &names)
        {
            names.push(name);
        }
    }
    names
}

fn is_markup(tag: &Tag<'_>, closed: &[&str]) -> bool {
    let has_value = tag.attributes().any(|attribute| !attribute.raw.is_empty());
    is_inline(tag.name) && (has_value || is_break(tag.name) || is_among(tag.name, closed))
}

/// In any case: `</B>`, `</b>` and all the ways to write `</strong>` are one name each.
fn is_among(name: &str, names: &[&str]) -> bool {
    steps(names.len());
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

fn is_inline(name: &str) -> bool {
    INLINE.iter().any(|inline| inline.eq_ignore_ascii_case(name))
}

/// Elements that stand for a space between words.
fn is_break(name: &str) -> bool {
    ["br", "hr", "wbr", "p"].iter().any(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_lose_their_markup() {
        let cases = [
            ("  A\n  title\t", "A title"),
            ("A <b>bold</b> word", "A bold word"),
            ("One<br>two<br/>three", "One two three"),
            (r#"<a href="x">Link</a>"#, "Link"),
            ("<i>Unclosed <em>pair</em></i>", "Unclosed pair"),
            ("Q&amp;A", "Q&A"),
            ("caf&eacute; &#8217;n", "café ’n"),
            ("東京　タワー", "東京　タワー"),
            ("\u{a0}padded\u{a0}", "padded"),
        ];
        for (raw, title) in cases {
            assert_eq!(plain_title(raw), title, "{raw}");
        }
    }

    #[test]
    fn what_only_looks_like_markup_stays() {
        for title in ["How to centre a <div>", "Vec<T> and Option<T>", "1 < 2 > 0", "AT&T", "x <y and z", "<3"] {
            assert_eq!(plain_title(title), title);
        }
        assert_eq!(plain_title("The &lt;b&gt; tag"), "The <b> tag");
    }

    #[test]
    fn all_tags_of_real_markup_go() {
        assert_eq!(strip_tags("<div xmlns=\"x\">Less: <em> &lt; </em><unknown/></div>"), "Less: <");
    }

    #[test]
    fn long_text_is_cut_between_characters() {
        let mut text = "日本語".to_owned();
        cut(&mut text, 4);
        assert_eq!(text, "日…");
        cut(&mut text, 100);
        assert_eq!(text, "日…");
    }
}
