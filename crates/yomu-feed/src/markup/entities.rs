//! Character references in, characters out; and the other way for what we write.

use std::borrow::Cow;

use memchr::memchr;
use quick_xml::escape::resolve_html5_entity;

/// The longest name of a character in HTML has 31 letters; longer ones are text.
const NAME_BYTES_MAX: usize = 32;

/// Decodes the references of XML and HTML. Nothing to decode costs nothing. Names that are unknown to XML are passed
/// to `undefined`, and stay as written if HTML does not know them either.
pub(crate) fn unescape<'a>(raw: &'a str, undefined: &mut dyn FnMut(&'a str)) -> Cow<'a, str> {
    let Some(mut at) = memchr(b'&', raw.as_bytes()) else {
        return Cow::Borrowed(raw);
    };
    let mut text = String::with_capacity(raw.len());
    let mut done = 0;
    loop {
        text.push_str(&raw[done..at]);
        done = at + reference(&raw[at..], &mut text, undefined);
        match memchr(b'&', &raw.as_bytes()[done..]) {
            Some(next) => at = done + next,
            None => break,
        }
    }
    text.push_str(&raw[done..]);
    Cow::Owned(text)
}

/// Writes what the reference at the start of `raw` stands for; returns how many bytes it takes.
fn reference<'a>(raw: &'a str, text: &mut String, undefined: &mut dyn FnMut(&'a str)) -> usize {
    let bytes = raw.as_bytes();
    let name_end = bytes[1..]
        .iter()
        .take(NAME_BYTES_MAX)
        .position(|&byte| !(byte.is_ascii_alphanumeric() || byte == b'#'))
        .map_or(bytes.len().min(NAME_BYTES_MAX + 1), |end| end + 1);
    let closed = bytes.get(name_end) == Some(&b';');
    let name = &raw[1..name_end];
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
        _ => {
            undefined(name);
            resolve_html5_entity(name).map(Cow::Borrowed)
        }
    };
    match character {
        Some(character) => {
            text.push_str(&character);
            name_end + usize::from(closed)
        }
        None => {
            text.push('&');
            1
        }
    }
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
        0..=0x1f | 0x7f => return Some(Cow::Borrowed("")),
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
            assert_eq!(unescape(raw, &mut |_| {}), text, "{raw}");
        }
    }

    #[test]
    fn what_is_no_reference_stays() {
        for raw in ["AT&T", "?a=1&lt=2", "&", "&;", "&#;", "&#xffffffffff;", "&#xd800;", "&unheard;", "a & b", "&lt"] {
            assert_eq!(unescape(raw, &mut |_| {}), raw);
        }
    }

    #[test]
    fn text_without_references_is_not_copied() {
        assert!(matches!(unescape("plain — text", &mut |_| {}), Cow::Borrowed(_)));
    }

    #[test]
    fn names_unknown_to_xml_are_told() {
        let mut names = Vec::new();
        let _ = unescape("&amp;&nbsp;&unheard;&lt;", &mut |name| names.push(name));
        assert_eq!(names, ["nbsp", "unheard"]);
    }

    #[test]
    fn escaped_text_comes_back() {
        let text = "a<b>&\"c\"\n\t\r&amp; 日本";
        let mut escaped = String::new();
        escape(text, &mut escaped);
        assert_eq!(unescape(&escaped, &mut |_| {}), text);
    }
}
