//! Which format and version a root element begins.

use crate::feed::Format;
use crate::markup::{Tag, split_name};

/// The format, and whether the document says so itself.
pub(super) fn format(root: &Tag<'_>) -> (Format, bool) {
    let local = split_name(root.name).1;
    if local.eq_ignore_ascii_case("feed") {
        atom(root)
    } else if local.eq_ignore_ascii_case("rdf") {
        // Both versions in RDF differ in their default namespace only.
        let old = root.attributes().any(|attribute| attribute.raw.contains("netscape.com/rdf/simple/0.9"));
        (if old { Format::Rss090 } else { Format::Rss10 }, true)
    } else {
        rss(root.attributes().get("version").as_deref())
    }
}

fn atom(root: &Tag<'_>) -> (Format, bool) {
    let old = root.attributes().any(|attribute| attribute.raw.contains("purl.org/atom/ns"))
        || root.attributes().get("version").is_some_and(|version| version.starts_with("0."));
    let named = root.attributes().any(|attribute| attribute.raw.contains("2005/Atom"));
    (if old { Format::Atom03 } else { Format::Atom10 }, old || named)
}

fn rss(version: Option<&str>) -> (Format, bool) {
    let format = match version {
        Some("0.90" | "0.9") => Format::Rss090,
        Some("0.91") => Format::Rss091,
        Some("0.92") => Format::Rss092,
        Some("0.93") => Format::Rss093,
        Some("0.94") => Format::Rss094,
        Some("1.0") => Format::Rss10,
        _ => Format::Rss20,
    };
    (format, version.is_some())
}
