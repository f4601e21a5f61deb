//! Tags and text, as they come: one scanner for feeds, OPML and HTML pages, with the decoding of entities and
//! attributes.
//!
//! Not in it: trees, namespaces, and any opinion on which tag may stand where.
//!
//! Why not an XML parser: a parser stops at the first comment that is never closed or the first `<` in a title, and
//! starting it anew behind each of them costs the square of the length on hostile input. This scanner has no errors;
//! what is no tag is text, and no byte is looked at more than a few times.

mod attributes;
mod entities;
mod next_place;
mod scanner;

pub(crate) use attributes::Attributes;
pub(crate) use entities::{escape, first_undefined, unescape};
pub(crate) use scanner::{Scanner, Tag, Token};

/// The name behind the last colon, and the prefix before it.
pub(crate) fn split_name(name: &str) -> (&str, &str) {
    name.rsplit_once(':').unwrap_or(("", name))
}
