//! Any HTML at all as tokens, in one linear pass.
//!
//! This follows the tokenizer of the HTML standard where the end of a tag is concerned, so that the bounds counted over
//! these tokens hold for the parser behind. It does not build a tree.

use crate::work::steps;

/// One piece of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// `<name ...>`.
    Start(Start<'a>),
    /// `</name>`.
    End(&'a str),
    /// Characters, with references as written. A `<` in it begins no tag.
    Text(&'a str),
    /// A comment, a doctype, a processing instruction, a tag cut off by the end.
    Other,
}

/// A start tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Start<'a> {
    /// The name as written, in any case.
    pub(crate) name: &'a str,
    /// The whole tag as written.
    pub(crate) source: &'a str,
    /// The attributes as written.
    pub(crate) attributes: &'a str,
    /// How many attributes there are.
    pub(crate) attribute_count: usize,
}

/// The tokens of a page.
pub(crate) struct Tokens<'a> {
    html: &'a str,
    at: usize,
    /// Names whose end tag does not come any more, so that nobody searches for it again and again.
    never_ends: Vec<&'static str>,
}

impl<'a> Tokens<'a> {
    pub(crate) fn new(html: &'a str) -> Self {
        Tokens { html, at: 0, never_ends: Vec::new() }
    }

    /// Skips to the end tag of this (lower-case) name and behind it, and gives what was before it. Without such an end
    /// tag nothing is skipped.
    pub(crate) fn take_until_end(&mut self, name: &'static str) -> Option<&'a str> {
        if self.never_ends.contains(&name) {
            return None;
        }
        let content = self.find_end(name);
        if content.is_none() {
            self.never_ends.push(name);
        }
        content
    }

    fn find_end(&mut self, name: &str) -> Option<&'a str> {
        let rest = &self.html[self.at..];
        let mut from = 0;
        loop {
            let Some(found) = rest[from..].find("</").map(|found| from + found) else {
                steps(rest.len() - from);
                return None;
            };
            steps(found + 2 - from);
            let after = &rest.as_bytes()[found + 2..];
            if after.len() >= name.len()
                && after[..name.len()].eq_ignore_ascii_case(name.as_bytes())
                && after.get(name.len()).is_none_or(|byte| is_space(*byte) || matches!(byte, b'>' | b'/'))
            {
                let close = rest[found..].find('>').map_or(rest.len(), |close| found + close + 1);
                self.at += close;
                return Some(&rest[..found]);
            }
            from = found + 2;
        }
    }

    /// Where in the page the next token begins.
    pub(crate) fn offset(&self) -> usize {
        self.at
    }

    /// Reads again from an offset taken before.
    pub(crate) fn rewind(&mut self, offset: usize) {
        self.at = offset;
    }

    /// Leaves out everything behind.
    pub(crate) fn finish(&mut self) {
        self.at = self.html.len();
    }

    fn tag(&mut self) -> Token<'a> {
        let rest = &self.html[self.at..];
        let bytes = rest.as_bytes();
        let is_end = bytes.get(1) == Some(&b'/');
        let name_start = if is_end { 2 } else { 1 };
        let name_length =
            bytes[name_start..].iter().take_while(|byte| !is_space(**byte) && !matches!(byte, b'>' | b'/')).count();
        let name_end = name_start + name_length;
        let (end, attribute_count) = tag_end(bytes, name_end);
        let Some(end) = end else {
            self.at = self.html.len();
            return Token::Other;
        };
        self.at += end;
        let name = &rest[name_start..name_end];
        if is_end {
            return Token::End(name);
        }
        Token::Start(Start { name, source: &rest[..end], attributes: &rest[name_end..end - 1], attribute_count })
    }

    fn declaration(&mut self) -> Token<'a> {
        let rest = &self.html[self.at..];
        let length = match rest.strip_prefix("<!--") {
            Some(comment) if comment.starts_with('>') => Some(5),
            Some(comment) if comment.starts_with("->") => Some(6),
            Some(comment) => comment_end(comment).map(|end| 4 + end),
            None => rest.find('>').map(|end| end + 1),
        };
        self.at = length.map_or(self.html.len(), |length| self.at + length);
        Token::Other
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let begin = self.at;
        let token = self.read();
        steps(self.at - begin);
        token
    }
}

impl<'a> Tokens<'a> {
    fn read(&mut self) -> Option<Token<'a>> {
        let rest = &self.html[self.at..];
        if rest.is_empty() {
            return None;
        }
        let begins = |text: &str| match text.as_bytes().get(1) {
            Some(b'!' | b'?') => true,
            // `</>` and `</3` are a comment or nothing, in any case no text.
            Some(b'/') => text.len() > 2,
            Some(letter) => letter.is_ascii_alphabetic(),
            None => false,
        };
        if rest.starts_with('<') && begins(rest) {
            let after = rest.as_bytes()[1];
            let letter = if after == b'/' { rest.as_bytes()[2] } else { after };
            return Some(if letter.is_ascii_alphabetic() { self.tag() } else { self.declaration() });
        }
        let mut end = rest.find('<').unwrap_or(rest.len());
        while end < rest.len() && !begins(&rest[end..]) {
            end = rest[end + 1..].find('<').map_or(rest.len(), |next| end + 1 + next);
        }
        self.at += end;
        Some(Token::Text(&rest[..end]))
    }
}

/// Whether what a browser without scripts would see is worth keeping: the image behind a lazy one. The rest is "please
/// enable JavaScript" and counters.
pub(crate) fn noscript_matters(content: &str) -> bool {
    content.contains("<img") || content.contains("<IMG")
}

/// One attribute after another from the inside of a start tag: name and value as written.
pub(crate) fn attributes(source: &str) -> impl Iterator<Item = (&str, &str)> {
    let bytes = source.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while bytes.get(at).is_some_and(|byte| is_space(*byte) || *byte == b'/') {
            at += 1;
        }
        let name_start = at;
        while bytes.get(at).is_some_and(|byte| !is_space(*byte) && *byte != b'/' && (*byte != b'=' || at == name_start))
        {
            at += 1;
        }
        let name = &source[name_start..at];
        if name.is_empty() {
            return None;
        }
        let mut value_at = at;
        while bytes.get(value_at).is_some_and(|byte| is_space(*byte)) {
            value_at += 1;
        }
        if bytes.get(value_at) != Some(&b'=') {
            return Some((name, ""));
        }
        value_at += 1;
        while bytes.get(value_at).is_some_and(|byte| is_space(*byte)) {
            value_at += 1;
        }
        let quote = bytes.get(value_at).copied().filter(|byte| matches!(byte, b'"' | b'\''));
        let start = value_at + usize::from(quote.is_some());
        let length = match quote {
            Some(quote) => bytes[start..].iter().position(|byte| *byte == quote),
            None => bytes[start..].iter().position(|byte| is_space(*byte)),
        };
        let end = length.map_or(bytes.len(), |length| start + length);
        at = (end + usize::from(quote.is_some())).min(bytes.len());
        Some((name, &source[start..end]))
    })
}

/// The value of one attribute (lower-case name), decoded.
pub(crate) fn attribute<'a>(source: &'a str, name: &str) -> Option<std::borrow::Cow<'a, str>> {
    let (_, value) = attributes(source).find(|(candidate, _)| candidate.eq_ignore_ascii_case(name))?;
    Some(super::entity::decoded(value))
}

/// The position behind the `>` that ends a tag, and the number of attributes, by the states of the HTML tokenizer.
fn tag_end(bytes: &[u8], mut at: usize) -> (Option<usize>, usize) {
    let mut count = 0;
    let find =
        |from: usize, wanted: u8| bytes[from..].iter().position(|byte| *byte == wanted).map(|found| from + found);
    loop {
        // Before an attribute's name.
        while bytes.get(at).is_some_and(|byte| is_space(*byte) || *byte == b'/') {
            at += 1;
        }
        match bytes.get(at) {
            None => return (None, count),
            Some(b'>') => return (Some(at + 1), count),
            Some(_) => count += 1,
        }
        let name_start = at;
        while bytes
            .get(at)
            .is_some_and(|byte| !is_space(*byte) && !matches!(byte, b'/' | b'>') && (*byte != b'=' || at == name_start))
        {
            at += 1;
        }
        while bytes.get(at).is_some_and(|byte| is_space(*byte)) {
            at += 1;
        }
        if bytes.get(at) != Some(&b'=') {
            continue;
        }
        at += 1;
        while bytes.get(at).is_some_and(|byte| is_space(*byte)) {
            at += 1;
        }
        match bytes.get(at) {
            Some(quote @ (b'"' | b'\'')) => match find(at + 1, *quote) {
                Some(end) => at = end + 1,
                None => return (None, count),
            },
            _ => {
                while bytes.get(at).is_some_and(|byte| !is_space(*byte) && *byte != b'>') {
                    at += 1;
                }
            }
        }
    }
}

/// The position behind `-->` or `--!>`.
fn comment_end(comment: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let dashes = from + comment[from..].find("--")?;
        let after = &comment[dashes + 2..];
        if after.starts_with('>') {
            return Some(dashes + 3);
        }
        if after.starts_with("!>") {
            return Some(dashes + 4);
        }
        from = dashes + 1;
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | 0x0c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> Vec<String> {
        Tokens::new(html)
            .map(|token| match token {
                Token::Start(start) => format!("<{} {}>", start.name, start.attribute_count),
                Token::End(name) => format!("</{name}>"),
                Token::Text(text) => text.to_owned(),
                Token::Other => "-".to_owned(),
            })
            .collect()
    }

    #[test]
    fn pages_fall_into_tokens() {
        for (html, expected) in [
            ("a<b>c</b>d", vec!["a", "<b 0>", "c", "</b>", "d"]),
            ("<A HREF='>' x=\"</a>\" y=1/2>t", vec!["<A 3>", "t"]),
            ("1 < 2 <3 <", vec!["1 < 2 <3 <"]),
            ("<!DOCTYPE html><!-- > --><?php ?>x", vec!["-", "-", "-", "x"]),
            ("<!--><p>", vec!["-", "<p 0>"]),
            ("<!-- never closed <p>", vec!["-"]),
            ("<p title='never closed>", vec!["-"]),
            ("<p =x a=1 / b>", vec!["<p 3>"]),
            ("</3>x</>y", vec!["-", "x", "-", "y"]),
        ] {
            assert_eq!(shown(html), expected, "{html}");
        }
    }

    #[test]
    fn attributes_are_read_in_any_spelling() {
        let read: Vec<_> = attributes(" a=1 B = \"two 2\" c='3'd /e=x/y f").collect();
        assert_eq!(read, [("a", "1"), ("B", "two 2"), ("c", "3"), ("d", ""), ("e", "x/y"), ("f", "")]);
        assert_eq!(attribute(" HREF='a&amp;b'", "href").as_deref(), Some("a&b"));
        assert_eq!(attribute(" href2=x", "href"), None);
    }
}
