//! One `<img>`: which address is the real one, and whether anybody is meant to see it.

use super::{link::trimmed, link::web_address, pixel, srcset};
use crate::limits::{DATA_IMAGE_BYTES_MAX, DIMENSION_MAX};
use crate::markup::attribute::{Attributes, Key, value};
use std::borrow::Cow;
use url::Url;

/// An image worth writing.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Image<'a> {
    pub(crate) src: Cow<'a, str>,
    pub(crate) srcset: Option<String>,
    pub(crate) width: Option<u32>,
    pub(crate) height: Option<u32>,
}

/// Where scripts that load images late keep the address, the likeliest first.
const LAZY: &[Key] = &[Key::DataSrc, Key::DataOriginal, Key::DataLazySrc];
const LAZY_SETS: &[Key] = &[Key::DataSrcset, Key::DataLazySrcset];

/// Reads an image's attributes; none for pixels, counters and placeholders.
pub(crate) fn image<'a>(attributes: &'a Attributes<'_>, base: Option<&Url>) -> Option<Image<'a>> {
    let width = value(attributes, Key::Width);
    let height = value(attributes, Key::Height);
    if [width, height].into_iter().flatten().any(is_pixel_size) {
        return None;
    }
    let raw_set = LAZY_SETS.iter().chain([&Key::Srcset]).find_map(|name| value(attributes, *name));
    let src = LAZY
        .iter()
        .filter_map(|name| value(attributes, *name))
        .find_map(|raw| web_address(raw, base))
        .or_else(|| value(attributes, Key::Src).and_then(|raw| address(raw, base)))
        .or_else(|| raw_set.and_then(srcset::widest).and_then(|raw| web_address(raw, base)))?;
    if pixel::is_counter(&src) {
        return None;
    }
    Some(Image {
        srcset: raw_set.and_then(|raw| srcset::absolute(raw, base)),
        src,
        width: width.and_then(dimension),
        height: height.and_then(dimension),
    })
}

/// A web address, or a small inlined picture.
fn address<'a>(raw: &'a str, base: Option<&Url>) -> Option<Cow<'a, str>> {
    let raw = trimmed(raw);
    if raw.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:")) {
        return is_inline_picture(raw).then_some(Cow::Borrowed(raw));
    }
    web_address(raw, base)
}

/// `data:image/png;base64,...` and the other three formats that hold pixels only. SVG is a document with scripts.
pub(crate) fn is_inline_picture(raw: &str) -> bool {
    let Some(data) = ["png", "jpeg", "gif", "webp"]
        .iter()
        .find_map(|format| raw.strip_prefix("data:image/")?.strip_prefix(format)?.strip_prefix(";base64,"))
    else {
        return false;
    };
    // A GIF this short is the transparent pixel that stands in for an image to come.
    let is_placeholder = data.len() < 120 && raw.starts_with("data:image/gif");
    let is_base64 = data.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='));
    is_base64 && !is_placeholder && (64..=DATA_IMAGE_BYTES_MAX).contains(&raw.len())
}

/// A believable number of pixels; `100%` and `auto` are for style sheets.
pub(crate) fn dimension(raw: &str) -> Option<u32> {
    let number = raw.trim();
    let number = number.strip_suffix("px").unwrap_or(number);
    number.parse().ok().filter(|pixels| (2..=DIMENSION_MAX).contains(pixels))
}

/// `0`, `1`, `0px`, `1.0`: nobody sees it.
fn is_pixel_size(raw: &str) -> bool {
    let number = raw.trim().trim_end_matches("px").trim();
    number.parse::<f32>().is_ok_and(|pixels| (0.0..=1.0).contains(&pixels))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::attribute::Attribute;

    fn attributes(pairs: &[(&str, &str)]) -> Vec<Attribute<'static>> {
        pairs
            .iter()
            .map(|(name, value)| Attribute {
                name: Key::named(name).expect(name),
                value: Cow::Owned((*value).to_owned()),
            })
            .collect()
    }

    #[test]
    fn the_real_address_is_found() {
        let base = Url::parse("https://a.example/").expect("a base");
        for (pairs, expected) in [
            (&[("src", "x.png")][..], Some("https://a.example/x.png")),
            (&[("src", "wait.gif"), ("data-src", "x.png")], Some("https://a.example/x.png")),
            (
                &[("src", "data:image/gif;base64,R0lGODlhAQABAAAAACw="), ("data-original", "x.png")],
                Some("https://a.example/x.png"),
            ),
            (&[("srcset", "a.png 1x, b.png 2x")], Some("https://a.example/b.png")),
            (&[("src", "data:image/gif;base64,R0lGODlhAQABAAAAACw=")], None),
            (&[("src", "data:image/svg+xml;base64,PHN2Zz48L3N2Zz48c3ZnPjwvc3ZnPjxzdmc+PC9zdmc+PHN2Zz4=")], None),
            (&[("alt", "nothing")], None),
        ] {
            let attributes = attributes(pairs);
            let image = image(&attributes, Some(&base));
            assert_eq!(image.as_ref().map(|image| &*image.src), expected, "{pairs:?}");
        }
    }

    #[test]
    fn pixels_go_and_pictures_keep_their_size() {
        let sized = |width: &str, height: &str| {
            image(&attributes(&[("src", "https://a.example/x.png"), ("width", width), ("height", height)]), None)
                .map(|image| (image.width, image.height))
        };
        assert_eq!(sized("1", "1"), None);
        assert_eq!(sized("0", "0"), None);
        assert_eq!(sized("1px", "20"), None);
        assert_eq!(sized("800", "450px"), Some((Some(800), Some(450))));
        assert_eq!(sized("100%", "auto"), Some((None, None)));
        assert_eq!(sized("999999", "-4"), Some((None, None)));
    }
}
