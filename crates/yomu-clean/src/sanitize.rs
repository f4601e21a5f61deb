//! The allow-list sanitizer for everything that is not plainly well-formed.

use crate::markup::attribute::Key;
use crate::markup::tag::{Role, Tag};
use crate::rules::image::is_inline_picture;
use crate::rules::link::trimmed;
use ammonia::{Builder, UrlRelative};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Any HTML as canonical HTML of known elements and attributes. Addresses are of a harmless scheme, but as written.
pub(crate) fn sanitized(html: &str) -> String {
    static SANITIZER: LazyLock<Builder<'static>> = LazyLock::new(sanitizer);
    SANITIZER.clean(html).to_string()
}

/// Built from the tables of the writer, so that both allow the same.
fn sanitizer() -> Builder<'static> {
    let kept = |tag: &&Tag| matches!(tag.role(), Role::Keep(_)) || **tag == Tag::Iframe;
    let tags: HashSet<&str> = Tag::ALL.iter().filter(kept).map(|tag| tag.name()).collect();
    let attributes: HashMap<&str, HashSet<&str>> = Tag::ALL
        .iter()
        .filter(kept)
        .map(|tag| (tag.name(), Key::ALL.iter().filter(|name| name.belongs_to(*tag)).map(|name| name.text()).collect()))
        .collect();
    let mut builder = Builder::empty();
    builder
        .tags(tags)
        .clean_content_tags(HashSet::from([
            "script", "style", "title", "textarea", "select", "template", "svg", "math",
        ]))
        .tag_attributes(attributes)
        .generic_attributes(HashSet::new())
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel", "sms", "xmpp", "magnet", "data"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .attribute_filter(|tag, name, value| {
            let is_data = trimmed(value).get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"));
            let harmless =
                !is_data || tag == "img" && name == "src" && is_inline_picture(trimmed(value)) || !is_address(name);
            harmless.then_some(Cow::Borrowed(value))
        });
    builder
}

/// Whether the attribute is one address. Lists of them, as in `srcset`, are judged one by one where they are written.
fn is_address(name: &str) -> bool {
    matches!(name, "href" | "src" | "poster" | "data-src" | "data-lazy-src" | "data-original")
}
