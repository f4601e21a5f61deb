//! One pass over markup, from bytes to the writer.
//!
//! The same scanner reads two kinds of markup. What the sanitizer wrote is [canonical](scan_canonical): tags nest, quotes
//! are double, everything is escaped. What comes from outside is read [strictly](scan_strict): at the first form that the
//! HTML parser might understand in another way, the scanner gives up, and the markup takes the long way through the
//! sanitizer. Whatever is accepted gives the same calls on the writer both ways; the tests compare them.

use super::attribute::{Attribute, Key};
use super::entity;
use super::nesting::Nesting;
use super::prune::is_writable;
use super::tag::{Model, Tag};
use super::token::noscript_matters;
use crate::limits::ATTRIBUTES_MAX;
use crate::work::steps;
use crate::write::Writer;
use std::borrow::Cow;

/// A form that only a real HTML parser should judge.
#[derive(Debug)]
pub(crate) struct Unusual;

/// Reads markup from outside, or refuses it; the writer is worthless then.
pub(crate) fn scan_strict(html: &str, writer: &mut Writer<'_>) -> Result<(), Unusual> {
    // A parser drops the first, turns the second into a line feed, and takes the third for white space in some places.
    if html.bytes().any(|byte| byte == 0 || byte == b'\r' || byte == 0x0c) {
        return Err(Unusual);
    }
    let mut nesting = Nesting::default();
    Scan { html, at: 0, nesting: Some(&mut nesting), writer, attributes: Vec::new() }.run()?;
    nesting.finish(writer);
    Ok(())
}

/// Reads markup that the sanitizer wrote.
pub(crate) fn scan_canonical(html: &str, writer: &mut Writer<'_>) -> Result<(), Unusual> {
    Scan { html, at: 0, nesting: None, writer, attributes: Vec::new() }.run()
}

struct Scan<'h, 'w, 'c> {
    html: &'h str,
    at: usize,
    /// Absent for canonical markup, whose nesting is the parser's own.
    nesting: Option<&'w mut Nesting>,
    writer: &'w mut Writer<'c>,
    attributes: Vec<Attribute<'h>>,
}

impl<'h> Scan<'h, '_, '_> {
    fn run(&mut self) -> Result<(), Unusual> {
        while self.at < self.html.len() {
            let rest = &self.html[self.at..];
            let length = rest.find('<').unwrap_or(rest.len());
            steps(length + 1);
            if length > 0 {
                self.text(&rest[..length])?;
                self.at += length;
                continue;
            }
            match rest.as_bytes().get(1) {
                Some(b'/') => self.end_tag()?,
                Some(b'!') => self.comment()?,
                _ => self.start_tag()?,
            }
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), Unusual> {
        if let Some(nesting) = &mut self.nesting {
            nesting.text(text)?;
        }
        let decoded = self.decoded(text, false)?;
        self.writer.text(&decoded);
        Ok(())
    }

    /// `</name>` and nothing else.
    fn end_tag(&mut self) -> Result<(), Unusual> {
        let rest = &self.html[self.at + 2..];
        let length = name_length(rest)?;
        let tag = Tag::named(&rest[..length]).ok_or(Unusual)?;
        if rest.as_bytes().get(length) != Some(&b'>') || tag.is_void() {
            return Err(Unusual);
        }
        if let Some(nesting) = &mut self.nesting {
            nesting.end(tag, self.writer)?;
        }
        self.writer.end(tag);
        self.at += 2 + length + 1;
        Ok(())
    }

    fn start_tag(&mut self) -> Result<(), Unusual> {
        let begin = self.at;
        let name = &self.html[begin + 1..];
        let length = name_length(name)?;
        let tag = Tag::named(&name[..length]).ok_or(Unusual)?;
        self.at += 1 + length;
        self.read_attributes(tag)?;
        steps(self.at - begin);
        if self.nesting.is_some() && !is_writable(&self.html[begin..self.at]) {
            return Err(Unusual);
        }
        if tag == Tag::Noscript {
            return self.noscript();
        }
        if let Some(nesting) = &mut self.nesting {
            nesting.start(tag, self.writer)?;
        }
        self.writer.start(tag, &self.attributes);
        match tag.model() {
            Model::Raw => self.skip_raw(tag),
            Model::Block if tag == Tag::Pre && self.nesting.is_some() => self.first_in_pre(),
            _ => Ok(()),
        }
    }

    /// A parser ignores a line feed right behind `<pre>`. What the sanitizer wrote has lost it already.
    fn first_in_pre(&mut self) -> Result<(), Unusual> {
        let rest = &self.html[self.at..];
        if rest.starts_with('\n') {
            self.at += 1;
        }
        // A reference might be a line feed, and so might be what follows something that is left out.
        let hides_the_next = ["&", "<!", "<sc", "<st", "<no"].iter().any(|start| rest.starts_with(start));
        if hides_the_next { Err(Unusual) } else { Ok(()) }
    }

    /// A `<noscript>` without an image is left out with its content, as [`super::prune`] does.
    fn noscript(&mut self) -> Result<(), Unusual> {
        let rest = &self.html[self.at..];
        let length = rest.find("</noscript>").ok_or(Unusual)?;
        let content = &rest[..length];
        if noscript_matters(content) || content.contains("</n") || content.contains("</N") {
            return Err(Unusual);
        }
        self.at += length + "</noscript>".len();
        Ok(())
    }

    /// `<!-- ... -->` in its plain form.
    fn comment(&mut self) -> Result<(), Unusual> {
        let rest = self.html[self.at..].strip_prefix("<!--").ok_or(Unusual)?;
        let length = rest.find("-->").ok_or(Unusual)?;
        let content = &rest[..length];
        if self.nesting.is_none() || content.starts_with(['>', '-']) || content.contains("--") {
            return Err(Unusual);
        }
        self.at += "<!--".len() + length + "-->".len();
        Ok(())
    }

    /// Content of a script, a style or a frame: text up to its end tag, never shown.
    fn skip_raw(&mut self, tag: Tag) -> Result<(), Unusual> {
        let rest = &self.html[self.at..];
        let mut from = 0;
        let length = loop {
            let found = from + rest[from..].find("</").ok_or(Unusual)?;
            let name = &rest.as_bytes()[found + 2..];
            let expected = tag.name().as_bytes();
            if name.len() >= expected.len() && name[..expected.len()].eq_ignore_ascii_case(expected) {
                break found;
            }
            from = found + 2;
        };
        steps(length);
        // `<!--<script>` in a script hides the end tag from the parser.
        if rest[..length].contains("<!--") && self.nesting.is_some() {
            return Err(Unusual);
        }
        let end = length + 2 + tag.name().len();
        if !rest[length + 2..].starts_with(tag.name()) || rest.as_bytes().get(end) != Some(&b'>') {
            return Err(Unusual);
        }
        self.at += end + 1;
        self.writer.end(tag);
        Ok(())
    }

    /// Reads up to and with the `>`; keeps the attributes that belong to the element.
    fn read_attributes(&mut self, tag: Tag) -> Result<(), Unusual> {
        self.attributes.clear();
        let bytes = self.html.as_bytes();
        let mut count = 0;
        loop {
            let spaces = bytes[self.at..].iter().take_while(|byte| is_space(**byte)).count();
            self.at += spaces;
            match bytes.get(self.at) {
                Some(b'>') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'/') if tag.is_void() && bytes.get(self.at + 1) == Some(&b'>') => {
                    self.at += 2;
                    return Ok(());
                }
                Some(byte) if spaces > 0 && byte.is_ascii_lowercase() => {}
                _ => return Err(Unusual),
            }
            count += 1;
            if count > ATTRIBUTES_MAX {
                return Err(Unusual);
            }
            let name_start = self.at;
            let is_name = |byte: &&u8| matches!(**byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b':');
            self.at += bytes[self.at..].iter().take_while(is_name).count();
            let name = &self.html[name_start..self.at];
            let value = self.attribute_value()?;
            self.keep(tag, name, value)?;
        }
    }

    /// `="..."`, `='...'`, a plain word, or nothing.
    fn attribute_value(&mut self) -> Result<&'h str, Unusual> {
        let bytes = self.html.as_bytes();
        if bytes.get(self.at) != Some(&b'=') {
            // `a =b` is an attribute with a value, too.
            let next = bytes[self.at..].iter().find(|byte| !is_space(**byte));
            return if next == Some(&b'=') { Err(Unusual) } else { Ok("") };
        }
        self.at += 1;
        let start = self.at + 1;
        match bytes.get(self.at) {
            Some(quote @ (b'"' | b'\'')) => {
                let length = self.html[start..].find(char::from(*quote)).ok_or(Unusual)?;
                self.at = start + length + 1;
                Ok(&self.html[start..start + length])
            }
            _ => {
                let is_plain = |byte: &&u8| matches!(**byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'%' | b'#');
                let length = bytes[self.at..].iter().take_while(is_plain).count();
                // A `/` here belongs to the value, even in `<img src=x/>`.
                let ends = bytes.get(self.at + length).is_some_and(|byte| is_space(*byte) || *byte == b'>');
                if length == 0 || !ends {
                    return Err(Unusual);
                }
                let value = &self.html[self.at..self.at + length];
                self.at += length;
                Ok(value)
            }
        }
    }

    fn keep(&mut self, tag: Tag, name: &str, value: &'h str) -> Result<(), Unusual> {
        let Some(name) = Key::named(name) else {
            // A parser lower-cases names; ours are lower case, so a name of another case is left to it.
            let hidden =
                name.bytes().any(|byte| byte.is_ascii_uppercase()) && Key::named(&name.to_ascii_lowercase()).is_some();
            return if hidden { Err(Unusual) } else { Ok(()) };
        };
        if !name.belongs_to(tag) {
            return Ok(());
        }
        if self.attributes.iter().any(|attribute| attribute.name == name) {
            return Err(Unusual);
        }
        let value = self.decoded(value, true)?;
        self.attributes.push(Attribute { name, value });
        Ok(())
    }

    /// Decodes references; refuses what the parser might take for one and we do not.
    fn decoded<'t>(&self, text: &'t str, in_attribute: bool) -> Result<Cow<'t, str>, Unusual> {
        let Some(first) = text.find('&') else { return Ok(Cow::Borrowed(text)) };
        let mut out = String::with_capacity(text.len());
        out.push_str(&text[..first]);
        let mut rest = &text[first..];
        while !rest.is_empty() {
            match entity::reference(rest) {
                Some((first, second, length)) => {
                    out.push(first);
                    out.extend(second);
                    rest = &rest[length..];
                }
                None if is_bare_ampersand(rest, in_attribute) => {
                    out.push('&');
                    rest = &rest[1..];
                }
                None => return Err(Unusual),
            }
            let next = rest.find('&').unwrap_or(rest.len());
            out.push_str(&rest[..next]);
            rest = &rest[next..];
        }
        Ok(Cow::Owned(out))
    }
}

/// `&` before a space or the end, and in an attribute the `&` of an address: `&name=`.
fn is_bare_ampersand(text: &str, in_attribute: bool) -> bool {
    let after = &text.as_bytes()[1..];
    let letters = after.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    match after.get(letters) {
        // The end of a text is no end when the next thing is left out.
        _ if letters == 0 => after.first().map_or(in_attribute, |byte| is_space(*byte)),
        // The parser has an exception for exactly this, and no name of a reference starts with `utm`.
        Some(b'=') => in_attribute,
        Some(b'_') => in_attribute && after.starts_with(b"utm_"),
        _ => false,
    }
}

fn name_length(text: &str) -> Result<usize, Unusual> {
    let length = text.bytes().take_while(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()).count();
    if length > 0 { Ok(length) } else { Err(Unusual) }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t')
}
