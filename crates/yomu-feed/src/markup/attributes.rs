//! Attributes of a tag, however they are written: quoted, not quoted, without a value, in any case.

use std::borrow::Cow;

use super::{split_name, unescape};
use crate::work::steps;

/// Walks over the attributes of a tag.
#[derive(Debug, Clone)]
pub(crate) struct Attributes<'a> {
    rest: &'a str,
}

/// One attribute: its name as written and its value before decoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Attribute<'a> {
    pub(crate) name: &'a str,
    pub(crate) raw: &'a str,
}

impl<'a> Attribute<'a> {
    pub(crate) fn value(&self) -> Cow<'a, str> {
        unescape(self.raw)
    }
}

impl<'a> Attributes<'a> {
    pub(crate) fn new(rest: &'a str) -> Self {
        Attributes { rest }
    }

    /// The decoded, trimmed value of the first attribute with this name, whatever its case and prefix; empty values
    /// count as absent.
    pub(crate) fn get(&self, name: &str) -> Option<Cow<'a, str>> {
        self.clone()
            .find(|attribute| split_name(attribute.name).1.eq_ignore_ascii_case(name))
            .map(|attribute| trimmed(attribute.value()))
            .filter(|value| !value.is_empty())
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Attribute<'a>;

    fn next(&mut self) -> Option<Attribute<'a>> {
        let rest =
            self.rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '=' | '"' | '\''));
        if rest.is_empty() {
            steps(self.rest.len());
            self.rest = rest;
            return None;
        }
        let before = self.rest.len();
        let name_end = rest.find(|c: char| c.is_ascii_whitespace() || c == '=').unwrap_or(rest.len());
        let name = &rest[..name_end];
        let after = rest[name_end..].trim_start_matches(|c: char| c.is_ascii_whitespace());
        let Some(after) = after.strip_prefix('=') else {
            self.rest = after;
            steps(before - after.len());
            return Some(Attribute { name, raw: "" });
        };
        let after = after.trim_start_matches(|c: char| c.is_ascii_whitespace());
        let (raw, rest) = value(after);
        self.rest = rest;
        steps(before - rest.len());
        Some(Attribute { name, raw })
    }
}

fn value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inside) = text.strip_prefix(quote) {
            return inside.split_once(quote).unwrap_or((inside, ""));
        }
    }
    text.split_at(text.find(|c: char| c.is_ascii_whitespace()).unwrap_or(text.len()))
}

fn trimmed(value: Cow<'_, str>) -> Cow<'_, str> {
    match value {
        Cow::Borrowed(value) => Cow::Borrowed(value.trim()),
        Cow::Owned(value) => Cow::Owned(value.trim().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rest: &str) -> Vec<(&str, &str)> {
        Attributes::new(rest).map(|attribute| (attribute.name, attribute.raw)).collect()
    }

    #[test]
    fn every_way_to_write_an_attribute_is_read() {
        assert_eq!(read(r#" a="1" b='2' c=3 d e = "5" "#), [("a", "1"), ("b", "2"), ("c", "3"), ("d", ""), ("e", "5")]);
        assert_eq!(
            read(r#" href=http://example.com/a?b=c rel=alternate"#),
            [("href", "http://example.com/a?b=c"), ("rel", "alternate")]
        );
    }

    #[test]
    fn broken_attributes_end_somewhere() {
        assert_eq!(read(r#" a="1"b="2" c="open"#), [("a", "1"), ("b", "2"), ("c", "open")]);
        assert_eq!(read(r#" ="x" / ' "#), [("x\"", "")]);
        assert_eq!(read(""), []);
    }

    #[test]
    fn names_are_found_in_any_case_and_values_decoded() {
        let attributes = Attributes::new(r#" XMLURL=" http://example.com/?a=1&amp;b=2 " text="" "#);
        assert_eq!(attributes.get("xmlUrl").as_deref(), Some("http://example.com/?a=1&b=2"));
        assert_eq!(attributes.get("text"), None);
    }
}
