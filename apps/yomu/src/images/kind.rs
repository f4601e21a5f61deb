//! What kind of picture something is, by how its bytes begin, whatever its server calls it.

/// The media type of a picture; none for anything else, above all for a page in a picture's clothes.
pub(crate) fn picture_kind(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Some("image/webp");
    }
    // ISO base media: the size of the first box, `ftyp`, and the brand.
    if bytes.get(4..8) == Some(b"ftyp") && matches!(bytes.get(8..12), Some(b"avif" | b"avis" | b"mif1")) {
        return Some("image/avif");
    }
    if let Some((_, kind)) = RASTER.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(kind);
    }
    is_svg(bytes).then_some("image/svg+xml")
}

const RASTER: [(&[u8], &str); 7] = [
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"\0\0\x01\0", "image/x-icon"),
    (b"\0\0\0\x0cJXL \r\n\x87\n", "image/jxl"),
    (b"\xff\x0a", "image/jxl"),
];

/// An SVG begins as XML and has its root near the beginning.
fn is_svg(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let is_xml = [&b"<svg"[..], b"<?xml", b"<!--", b"<!DOCTYPE svg"].iter().any(|begin| start.starts_with(begin));
    is_xml && bytes.windows(4).any(|window| window == b"<svg")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_known_by_their_bytes() {
        for (bytes, kind) in [
            (&b"\x89PNG\r\n\x1a\n...."[..], "image/png"),
            (b"\xff\xd8\xff\xe0....JFIF", "image/jpeg"),
            (b"GIF89a....", "image/gif"),
            (b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp"),
            (b"\0\0\0\x20ftypavif....", "image/avif"),
            (b"\0\0\x01\0....", "image/x-icon"),
            (b"\n<?xml version='1.0'?><svg/>", "image/svg+xml"),
            (b"<!-- a licence --><svg/>", "image/svg+xml"),
        ] {
            assert_eq!(picture_kind(bytes), Some(kind));
        }
    }

    #[test]
    fn pages_texts_and_films_are_no_pictures() {
        for bytes in [
            &b""[..],
            b"<!doctype html><title>404</title>",
            b"<html><svg></svg></html>",
            b"<?xml version='1.0'?><html/>",
            b"GIF",
            b"RIFF\x10\0\0\0WAVEfmt ",
            b"\0\0\0\x20ftypmp42....",
            b"alert('GIF89a')",
            b"%PDF-1.7",
        ] {
            assert_eq!(picture_kind(bytes), None, "{}", String::from_utf8_lossy(bytes));
        }
    }
}
