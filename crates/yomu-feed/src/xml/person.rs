//! Names of people, who are written in many ways.

use super::captured::Captured;
use crate::limits::{AUTHORS_MAX, SHORT_TEXT_BYTES_MAX};
use crate::markup::{Scanner, Token, split_name, unescape};
use crate::text::{cut, one_line, plain_title};
use crate::work::steps;

/// Adds the person to the list, unless it names nobody or somebody already there.
pub(super) fn add(captured: &Captured<'_>, authors: &mut Vec<String>) {
    let name = if captured.has_tags { from_elements(captured.raw) } else { from_text(&plain_title(&captured.text())) };
    push(name, authors);
}

/// As [`add`], for names in plain text.
pub(crate) fn push(name: Option<String>, authors: &mut Vec<String>) {
    if let Some(mut name) = name {
        steps(authors.len());
        cut(&mut name, SHORT_TEXT_BYTES_MAX);
        if authors.len() < AUTHORS_MAX && !authors.contains(&name) {
            authors.push(name);
        }
    }
}

/// Atom, and FOAF in RDF: a name, or else an address.
fn from_elements(raw: &str) -> Option<String> {
    let mut scanner = Scanner::new(raw);
    let (mut name, mut other) = (None, None);
    let mut place = "";
    while let Some(token) = scanner.next() {
        match token {
            Token::Start(tag) => place = split_name(tag.name).1,
            Token::End(_) => place = "",
            Token::Text(text) | Token::CData(text) => {
                let text = || Some(one_line(&unescape(text))).filter(|text| !text.is_empty());
                if place.eq_ignore_ascii_case("name") {
                    name = name.or_else(text);
                } else if ["email", "uri", "url"].iter().any(|known| known.eq_ignore_ascii_case(place)) {
                    other = other.or_else(text);
                }
            }
            Token::Other => {}
        }
    }
    name.or(other)
}

/// RSS: `email (name)`, `name <email>`, or either alone.
fn from_text(text: &str) -> Option<String> {
    if let Some((email, name)) = text.split_once('(')
        && email.contains('@')
        && let Some(name) = name.strip_suffix(')').map(str::trim).filter(|name| !name.is_empty())
    {
        return Some(name.to_owned());
    }
    if let Some((name, email)) = text.split_once('<')
        && email.contains('@')
        && !name.trim().is_empty()
    {
        return Some(name.trim().trim_matches('"').to_owned());
    }
    // Blogger gives this address to whoever wants to stay unnamed.
    let name = text.trim().trim_start_matches("mailto:");
    (!name.is_empty() && name != "noreply@blogger.com").then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_text() {
        let cases = [
            ("Jane Doe", Some("Jane Doe")),
            ("jane@example.com (Jane Doe)", Some("Jane Doe")),
            ("Jane Doe <jane@example.com>", Some("Jane Doe")),
            ("jane@example.com", Some("jane@example.com")),
            ("Jane (the first)", Some("Jane (the first)")),
            ("noreply@blogger.com", None),
            ("", None),
        ];
        for (text, name) in cases {
            assert_eq!(from_text(text).as_deref(), name, "{text}");
        }
    }

    #[test]
    fn names_are_found_in_elements() {
        let cases = [
            ("<name>Jane &amp; Joe</name><email>j@example.com</email>", Some("Jane & Joe")),
            ("<name></name><uri>http://example.com/</uri>", Some("http://example.com/")),
            ("<foaf:Person><foaf:name>Jane</foaf:name></foaf:Person>", Some("Jane")),
            ("<name/>", None),
        ];
        for (raw, name) in cases {
            assert_eq!(from_elements(raw).as_deref(), name, "{raw}");
        }
    }
}
