//! The text in a file's bytes.

use std::borrow::Cow;

use memchr::memchr;

use crate::limits::TEXT_PROBE_BYTES;

/// What a file's bytes are.
pub(crate) enum Content<'a> {
    /// Text, in UTF-8 or in any encoding that has ASCII in it.
    Text(Cow<'a, [u8]>),
    /// Something else, in which only what has an unmistakable shape is looked for.
    Binary(&'a [u8]),
}

/// What `bytes` are.
pub(crate) fn content(bytes: &[u8]) -> Content<'_> {
    match bytes {
        [0xFF, 0xFE, rest @ ..] => Content::Text(Cow::Owned(utf16(rest, u16::from_le_bytes))),
        [0xFE, 0xFF, rest @ ..] => Content::Text(Cow::Owned(utf16(rest, u16::from_be_bytes))),
        [0xEF, 0xBB, 0xBF, rest @ ..] => Content::Text(Cow::Borrowed(rest)),
        _ if memchr(0, &bytes[..bytes.len().min(TEXT_PROBE_BYTES)]).is_some() => Content::Binary(bytes),
        _ => Content::Text(Cow::Borrowed(bytes)),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Vec<u8> {
    let (pairs, _) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| unit(*pair));
    let text: String =
        char::decode_utf16(units).map(|decoded| decoded.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> Option<String> {
        match content(bytes) {
            Content::Text(text) => Some(String::from_utf8_lossy(&text).into_owned()),
            Content::Binary(_) => None,
        }
    }

    #[test]
    fn byte_order_marks_are_understood() {
        assert_eq!(text(b"\xFF\xFEa\0b\0").as_deref(), Some("ab"));
        assert_eq!(text(b"\xFE\xFF\0a\0b").as_deref(), Some("ab"));
        assert_eq!(text(b"\xEF\xBB\xBFab").as_deref(), Some("ab"));
        assert_eq!(text(b"\xFF\xFEa\0b").as_deref(), Some("a"), "half a unit is dropped");
    }

    #[test]
    fn a_zero_makes_a_file_binary() {
        assert_eq!(text(b"\x7FELF\0"), None);
        assert_eq!(text("読む".as_bytes()).as_deref(), Some("読む"));
    }
}
