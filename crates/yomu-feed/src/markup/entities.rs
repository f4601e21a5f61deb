//! Character references in, characters out; and the other way for what we write.

use std::borrow::Cow;

use quick_xml::escape::resolve_html5_entity;

use crate::search;
use crate::work::steps;

/// The longest name of a character in HTML has 31 letters; longer ones are text.
const NAME_BYTES_MAX: usize = 32;

/// Decodes the references of XML and HTML; unknown names stay as written. Nothing to decode costs nothing.
pub(crate) fn unescape(raw: &str) -> Cow<'_, str> {
    let Some(mut at) = search::byte(b'&', raw.as_bytes()) else {
        return Cow::Borrowed(raw);
    };
    let mut text = String::with_capacity(raw.len());
    let mut done = 0;
    loop {
        text.push_str(&raw[done..at]);
        done = at + reference(&raw[at..], &mut text);
        match search::byte(b'&', &raw.as_bytes()[done..]) {
            Some(next) => at = done + next,
            None => break,
        }
    }
    text.push_str(&raw[done..]);
    Cow::Owned(text)
}

/// Writes what the reference at the start of `raw` stands for; returns how many bytes it takes.
fn reference(raw: &str, text: &mut String) -> usize {
    let (name, closed) = name(raw);
    // A dangling `&`, as in `AT&T` or `?a=1&b=2`, is text; a number is clear without its semicolon.
    let character = match name.as_bytes() {
        [b'#', digits @ ..] => numeric(digits),
        _ if !closed => None,
        b"lt" => Some("<".into()),
        b"gt" => Some(">".into()),
        b"amp" => Some("&".into()),
        b"quot" => Some("\"".into()),
        b"apos" => Some("'".into()),
        b"" => None,
        _ => resolve_html5_entity(name).map(Cow::Borrowed),
    };
    match character {
        Some(character) => {
            text.push_str(&character);
            1 + name.len() + usize::from(closed)
        }
        None => {
            text.push('&');
            1
        }
    }
}

/// The name in the reference at the start of `raw`, and whether a semicolon ends it.
fn name(raw: &str) -> (&str, bool) {
    let bytes = raw.as_bytes();
    let end = bytes[1..]
        .iter()
        .take(NAME_BYTES_MAX)
        .position(|&byte| !(byte.is_ascii_alphanumeric() || byte == b'#'))
        .map_or(bytes.len().min(NAME_BYTES_MAX + 1), |end| end + 1);
    steps(end);
    (&raw[1..end], bytes.get(end) == Some(&b';'))
}

/// The first reference by a name that XML itself does not know, such as `&nbsp;`, and where it is.
pub(crate) fn first_undefined(raw: &str) -> Option<(&str, usize)> {
    search::every(b'&', raw.as_bytes()).find_map(|at| {
        let (name, closed) = name(&raw[at..]);
        let defined = name.is_empty() || name.contains('#') || ["lt", "gt", "amp", "quot", "apos"].contains(&name);
        (closed && !defined).then_some((name, at))
    })
}

fn numeric(digits: &[u8]) -> Option<Cow<'static, str>> {
    let digits = std::str::from_utf8(digits).ok()?;
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
        None => digits.parse().ok()?,
    };
    let character = match code {
        // Windows programs write the numbers of their code page: `&#146;` is meant as an apostrophe.
        0x80..=0x9f => return Some(windows_1252(code as u8)),
        0x09 | 0x0a | 0x0d => char::from_u32(code)?,
        // Characters that neither XML nor HTML can hold.
        0..=0x1f | 0x7f | 0xfffe | 0xffff => return Some(Cow::Borrowed("")),
        _ => char::from_u32(code)?,
    };
    Some(Cow::Owned(character.to_string()))
}

fn windows_1252(byte: u8) -> Cow<'static, str> {
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(std::slice::from_ref(&byte));
    Cow::Owned(text.chars().filter(|character| !character.is_control()).collect())
}

/// Makes text safe between tags and in attributes with double quotes. Line ends and tabs are written as numbers
/// there, since a reader would make spaces of them.
pub(crate) fn escape(text: &str, out: &mut String) {
    steps(text.len());
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\n' => "&#10;",
            b'\r' => "&#13;",
            b'\t' => "&#9;",
            _ => continue,
        };
        out.push_str(&text[done..at]);
        out.push_str(entity);
        done = at + 1;
    }
    out.push_str(&text[done..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_become_characters() {
        let cases = [
            ("a &lt;b&gt; &amp;amp; &quot;c&quot; &apos;", "a <b> &amp; \"c\" '"),
            ("&#x3042;&#12356;&#X3046;", "あいう"),
            ("&nbsp;&eacute;&hellip;", "\u{a0}é…"),
            ("it&#146;s &#151;", "it’s —"),
            ("&#8217", "’"),
            ("a&#0;b&#x1f;c", "abc"),
        ];
        for (raw, text) in cases {
            assert_eq!(unescape(raw), text, "{raw}");
        }
    }

    #[test]
    fn what_is_no_reference_stays() {
        for raw in ["AT&T", "?a=1&lt=2", "&", "&;", "&#;", "&#xffffffffff;", "&#xd800;", "&unheard;", "a & b", "&lt"] {
            assert_eq!(unescape(raw), raw);
        }
    }

    #[test]
    fn text_without_references_is_not_copied() {
        assert!(matches!(unescape("plain — text"), Cow::Borrowed(_)));
    }

    #[test]
    fn names_unknown_to_xml_are_told() {
        assert_eq!(first_undefined("&amp;&nbsp;&unheard;&lt;"), Some(("nbsp", 5)));
        assert_eq!(first_undefined("AT&T &#160; &lt; &"), None);
    }

    #[test]
    fn escaped_text_comes_back() {
        let text = "a<b>&\"c\"\n\t\r&amp; 日本";
        let mut escaped = String::new();
        escape(text, &mut escaped);
        assert_eq!(unescape(&escaped), text);
    }
}
