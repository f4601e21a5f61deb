//! `srcset`: several addresses of one image, each with its width or density.

use super::link::web_address;
use crate::limits::SRCSET_CANDIDATES_MAX;
use std::fmt::Write as _;
use url::Url;

/// The candidates with absolute addresses, as one attribute, or none without a usable one.
pub(crate) fn absolute(raw: &str, base: Option<&Url>) -> Option<String> {
    let mut out = String::with_capacity(raw.len());
    for (address, descriptor) in candidates(raw).take(SRCSET_CANDIDATES_MAX) {
        let Some(url) = web_address(address, base) else { continue };
        if !out.is_empty() {
            out.push_str(", ");
        }
        // A comma at an end would be taken for the separator.
        let url = url.trim_matches(',');
        let written = if descriptor.is_empty() { write!(out, "{url}") } else { write!(out, "{url} {descriptor}") };
        debug_assert!(written.is_ok(), "writing to a string");
    }
    (!out.is_empty()).then_some(out)
}

/// The address of the widest candidate.
pub(crate) fn widest(raw: &str) -> Option<&str> {
    let size = |descriptor: &str| descriptor.trim_end_matches(['w', 'x']).parse::<f32>().unwrap_or(1.0);
    candidates(raw)
        .take(SRCSET_CANDIDATES_MAX)
        .max_by(|left, right| size(left.1).total_cmp(&size(right.1)))
        .map(|(address, _)| address)
}

/// Address and descriptor, split by the rules of the standard: a comma ends a candidate only behind white space or at the
/// end of an address.
pub(crate) fn candidates(raw: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = raw;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|character: char| character.is_ascii_whitespace() || character == ',');
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(|character: char| character.is_ascii_whitespace()).unwrap_or(rest.len());
        let address = &rest[..end];
        rest = &rest[end..];
        if address.ends_with(',') {
            return Some((address.trim_end_matches(','), ""));
        }
        let comma = rest.find(',').unwrap_or(rest.len());
        let descriptor = rest[..comma].trim();
        rest = &rest[comma..];
        Some((address, if is_descriptor(descriptor) { descriptor } else { "" }))
    })
}

/// `640w`, `1.5x`.
fn is_descriptor(text: &str) -> bool {
    let number = text.strip_suffix(['w', 'x']).unwrap_or_default();
    !number.is_empty() && number.len() <= 8 && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn candidates_become_absolute() {
        let base = Url::parse("https://a.example/p/").expect("a base");
        for (raw, expected) in [
            ("x.jpg 1x, y.jpg 2x", Some("https://a.example/p/x.jpg 1x, https://a.example/p/y.jpg 2x")),
            ("/x.jpg,/y.jpg 640w", Some("https://a.example/x.jpg,/y.jpg 640w")),
            ("/x.jpg, /y.jpg 640w", Some("https://a.example/x.jpg, https://a.example/y.jpg 640w")),
            ("/w_1,h_2/x.jpg 640w", Some("https://a.example/w_1,h_2/x.jpg 640w")),
            ("/x.jpg onerror=1", Some("https://a.example/x.jpg")),
            ("data:image/png;base64,AAAA 1x", None),
            ("javascript:x 1x, /y.jpg", Some("https://a.example/y.jpg")),
            (" , ,", None),
        ] {
            assert_eq!(absolute(raw, Some(&base)).as_deref(), expected, "{raw}");
        }
    }

    #[test]
    fn the_widest_is_found() {
        assert_eq!(widest("a.jpg 320w, b.jpg 1280w, c.jpg 640w"), Some("b.jpg"));
        assert_eq!(widest("a.jpg, b.jpg 2x"), Some("b.jpg"));
        assert_eq!(widest(""), None);
    }
}
