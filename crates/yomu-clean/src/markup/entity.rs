//! Character references, decoded strictly and leniently.

use html5ever::data::NAMED_ENTITIES;
use std::borrow::Cow;

/// A reference at the start of `text` (which begins with `&`) that ends in `;` and means one thing only: its characters
/// and its length.
pub(crate) fn reference(text: &str) -> Option<(char, Option<char>, usize)> {
    // The longest name, `&CounterClockwiseContourIntegral;`, has 33 bytes.
    let semicolon = text.bytes().take(34).position(|byte| byte == b';')?;
    let name = &text[1..semicolon];
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) if !hex.is_empty() && hex.len() <= 6 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
                u32::from_str_radix(hex, 16).ok()?
            }
            None if !number.is_empty() && number.len() <= 7 && number.bytes().all(|byte| byte.is_ascii_digit()) => {
                number.parse().ok()?
            }
            _ => return None,
        };
        return plain(code).map(|character| (character, None, semicolon + 1));
    }
    match name {
        "amp" => return Some(('&', None, semicolon + 1)),
        "lt" => return Some(('<', None, semicolon + 1)),
        "gt" => return Some(('>', None, semicolon + 1)),
        "quot" => return Some(('"', None, semicolon + 1)),
        "nbsp" => return Some(('\u{a0}', None, semicolon + 1)),
        _ => {}
    }
    let &(first, second) = NAMED_ENTITIES.get(&text[1..=semicolon])?;
    let first = char::from_u32(first).filter(|&character| character != '\0')?;
    Some((first, char::from_u32(second).filter(|&character| character != '\0'), semicolon + 1))
}

/// The character of a number, if a parser takes the number as it is: neither a control nor from the C1 range, which it
/// reads as Windows-1252.
fn plain(code: u32) -> Option<char> {
    match code {
        0x20..=0x7e | 0xa0..=0xd7ff | 0xe000..=0xfdcf | 0xfdf0..=0xfffd | 0x10000..=0x1fffd => char::from_u32(code),
        _ => None,
    }
}

/// Text with the references it has decoded; what is not one stays as written.
pub(crate) fn decoded(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find('&') else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..first]);
    let mut rest = &text[first..];
    while !rest.is_empty() {
        match reference(rest) {
            Some((first, second, length)) => {
                out.push(first);
                out.extend(second);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
        let next = rest.find('&').unwrap_or(rest.len());
        out.push_str(&rest[..next]);
        rest = &rest[next..];
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_decoded() {
        for (text, expected) in [
            ("a &amp; b", "a & b"),
            ("&lt;p&gt;", "<p>"),
            ("&#26481;&#x4eac;", "東京"),
            ("1&nbsp;2&hellip;", "1\u{a0}2…"),
            ("&NotEqualTilde;", "≂̸"),
        ] {
            assert_eq!(decoded(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_reference_stays() {
        for text in ["", "plain", "AT&T", "&", "&;", "&#;", "&#x;", "&#0;", "&#55296;", "&nonesuch;", "a&b;c", "&東;"]
        {
            assert_eq!(decoded(text), text);
        }
    }
}
