//! The content of one element as written, and the texts that can be made of it.

use std::borrow::Cow;

use crate::feed::Content;
use crate::limits::CONTENT_BYTES_MAX;
use crate::markup::{Scanner, Tag, Token, first_undefined, unescape};
use crate::search;
use crate::text::{looks_like_html, one_line, plain_title, plain_to_html, strip_tags, xhtml_to_html};
use crate::work::steps;

/// An element's content between its tags.
#[derive(Debug, Clone, Copy)]
pub(super) struct Captured<'a> {
    pub(super) tag: Tag<'a>,
    /// What stands between the tags.
    pub(super) raw: &'a str,
    /// Where that starts in the document.
    pub(super) position: usize,
    /// It holds elements.
    pub(super) has_tags: bool,
    /// It holds CDATA sections or comments.
    pub(super) has_sections: bool,
    /// It was cut off by the end of the document.
    pub(super) cut_off: bool,
}

impl<'a> Captured<'a> {
    /// The text, decoded once; elements in it are dropped but for their own text.
    pub(super) fn text(&self) -> Cow<'a, str> {
        steps(self.raw.len());
        if !self.has_sections && !self.has_tags {
            return unescape(self.raw);
        }
        if let Some(inside) = self.only_section() {
            return Cow::Borrowed(inside);
        }
        let mut text = String::with_capacity(self.raw.len());
        let mut scanner = Scanner::new(self.raw);
        while let Some(token) = scanner.next() {
            match token {
                Token::Text(raw) if self.has_sections && raw.trim() == "]]>" => {}
                Token::Text(raw) => text.push_str(&unescape(raw)),
                Token::CData(raw) => text.push_str(unwrapped(raw)),
                _ => {}
            }
        }
        Cow::Owned(text)
    }

    /// The trimmed text, or nothing.
    pub(super) fn value(&self) -> Option<String> {
        let text = self.text();
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// The text as one plain line. Elements in it are markup by definition; what is escaped may be.
    pub(super) fn title(&self) -> String {
        if self.has_tags {
            return strip_tags(self.raw);
        }
        match self.text_type().as_deref() {
            Some("text" | "text/plain") if !self.has_sections => one_line(&self.text()),
            _ => plain_title(&self.text()),
        }
    }

    /// The content as HTML; nothing if it is empty or of a kind that is not text.
    pub(super) fn content(&self) -> Option<Content> {
        let mut html = match self.text_type().as_deref() {
            Some("xhtml" | "application/xhtml+xml") => xhtml_to_html(self.raw),
            Some("text" | "text/plain") if !self.has_tags => plain_to_html(&self.text()),
            None | Some("text" | "html" | "text/plain" | "text/html" | "escaped") if self.has_tags => self.mixed(),
            Some("html" | "text/html") => self.text().trim().to_owned(),
            Some(other) if other.contains('/') && !other.starts_with("text/") => return None,
            _ => {
                let text = self.text();
                let text = text.trim();
                if looks_like_html(text) { text.to_owned() } else { plain_to_html(text) }
            }
        };
        if html.len() > CONTENT_BYTES_MAX {
            html.truncate(html.floor_char_boundary(CONTENT_BYTES_MAX));
        }
        (!html.is_empty()).then_some(Content { html })
    }

    fn text_type(&self) -> Option<String> {
        if self.tag.rest.is_empty() {
            return None;
        }
        // Atom 0.3 has encodings beside types; pictures in base64 are no text.
        if self.tag.attributes().get("mode").is_some_and(|mode| mode.eq_ignore_ascii_case("base64")) {
            return Some("application/octet-stream".to_owned());
        }
        self.tag.attributes().get("type").map(|value| value.split(';').next().unwrap_or("").trim().to_ascii_lowercase())
    }

    /// HTML that stands between the tags without being escaped, or only in part.
    fn mixed(&self) -> String {
        let escaped = ["&lt;p", "&lt;/", "&lt;br", "&lt;a "]
            .iter()
            .any(|tag| search::piece(tag.as_bytes(), self.raw.as_bytes()).is_some());
        if !escaped && !self.has_sections {
            return xhtml_to_html(self.raw);
        }
        let mut html = String::with_capacity(self.raw.len());
        let mut scanner = Scanner::new(self.raw);
        while let Some(token) = scanner.next() {
            match token {
                Token::Text(raw) if escaped => html.push_str(&unescape(raw)),
                Token::CData(raw) => html.push_str(unwrapped(raw)),
                Token::Text(_) | Token::Start(_) | Token::End(_) => {
                    html.push_str(&self.raw[scanner.start()..scanner.position()]);
                }
                Token::Other => {}
            }
        }
        html.trim().to_owned()
    }

    /// The common case: one section and nothing else needs no copy.
    fn only_section(&self) -> Option<&'a str> {
        let mut scanner = Scanner::new(self.raw.trim());
        let Some(Token::CData(inside)) = scanner.next() else { return None };
        scanner.next().is_none().then(|| unwrapped(inside))
    }

    /// The first name in the text that XML does not know, and where it stands.
    pub(super) fn undefined_entity(&self) -> Option<(&'a str, usize)> {
        if !self.has_sections {
            return first_undefined(self.raw).map(|(name, at)| (name, self.position + at));
        }
        // In sections nothing is a reference.
        let mut scanner = Scanner::new(self.raw);
        while let Some(token) = scanner.next() {
            if let Token::Text(raw) = token
                && let Some((name, at)) = first_undefined(raw)
            {
                return Some((name, self.position + scanner.start() + at));
            }
        }
        None
    }
}

/// Sections within sections, by tools that wrap whatever they are given.
fn unwrapped(section: &str) -> &str {
    match section.trim_start().strip_prefix("<![CDATA[") {
        Some(inside) => inside.trim_end().strip_suffix("]]>").unwrap_or(inside),
        None => section,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn captured<'a>(rest: &'a str, raw: &'a str) -> Captured<'a> {
        let mut scanner = Scanner::new(raw);
        let mut captured = Captured {
            tag: Tag { name: "x", rest, empty: false },
            raw,
            position: 0,
            has_tags: false,
            has_sections: false,
            cut_off: false,
        };
        while let Some(token) = scanner.next() {
            captured.has_tags |= matches!(token, Token::Start(_) | Token::End(_));
            captured.has_sections |= matches!(token, Token::CData(_) | Token::Other);
        }
        captured
    }

    #[test]
    fn content_becomes_html() {
        let cases = [
            ("", "&lt;p&gt;a &amp;amp; b&lt;/p&gt;", "<p>a &amp; b</p>"),
            ("", "<![CDATA[<p>a &amp; b</p>]]>", "<p>a &amp; b</p>"),
            ("", " <![CDATA[ a]]]]><![CDATA[>b ]]> ", "<p>a]]&gt;b</p>"),
            ("", "<![CDATA[<![CDATA[<p>a</p>]]>]]>", "<p>a</p>"),
            ("", "a < b & c", "<p>a &lt; b &amp; c</p>"),
            ("", "one\n\ntwo", "<p>one</p><p>two</p>"),
            ("", "one<br>two &lt; three", "one<br>two &lt; three"),
            ("", "&lt;p&gt;one<br>two&lt;/p&gt;", "<p>one<br>two</p>"),
            ("", "<p>a</p><![CDATA[<p>b</p>]]>", "<p>a</p><p>b</p>"),
            (r#" type="text""#, "1 &lt; 2 &lt;b>", "<p>1 &lt; 2 &lt;b&gt;</p>"),
            (r#" type="html""#, "plain", "plain"),
            (r#" type="xhtml""#, "<div><p>a</p></div>", "<p>a</p>"),
            (r#" type="text/html" mode="escaped""#, "&lt;p&gt;a&lt;/p&gt;", "<p>a</p>"),
        ];
        for (rest, raw, html) in cases {
            assert_eq!(captured(rest, raw).content().map(|content| content.html).as_deref(), Some(html), "{raw}");
        }
    }

    #[test]
    fn what_is_no_text_is_no_content() {
        for (rest, raw) in
            [(r#" type="image/png""#, "AAAA"), (r#" mode="base64""#, "AAAA"), ("", " \n "), ("", "<![CDATA[]]>")]
        {
            assert_eq!(captured(rest, raw).content(), None, "{rest} {raw}");
        }
    }

    #[test]
    fn titles_are_plain_lines() {
        let cases = [
            ("", "<![CDATA[ Connection\n with &amp; ]]>", "Connection with &"),
            ("", "a &lt;b&gt;c&lt;/b&gt;", "a c"),
            (r#" type="text""#, "a &lt;b&gt;c&lt;/b&gt;", "a <b>c</b>"),
            (r#" type="xhtml""#, "<div>Less: <em> &lt; </em></div>", "Less: <"),
        ];
        for (rest, raw, title) in cases {
            assert_eq!(captured(rest, raw).title(), title);
        }
    }

    #[test]
    fn a_single_section_is_not_copied() {
        assert!(matches!(captured("", " <![CDATA[<p>]]> ").text(), Cow::Borrowed("<p>")));
        assert!(matches!(captured("", "plain").text(), Cow::Borrowed("plain")));
    }
}
