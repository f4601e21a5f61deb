//! Which attributes are written, in which form.

use super::escape::push_value;
use crate::limits::ATTRIBUTE_TEXT_BYTES_MAX;
use crate::markup::attribute::{Attributes, Key, value};
use crate::markup::tag::Tag;

/// ` name="value"`.
pub(crate) fn push(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    push_value(out, value);
    out.push('"');
}

/// Writes what any element may have: language, direction, title.
pub(crate) fn push_global(out: &mut String, attributes: &Attributes<'_>) {
    if attributes.is_empty() {
        return;
    }
    if let Some(lang) = value(attributes, Key::Lang).filter(|lang| is_language(lang)) {
        push(out, "lang", lang);
    }
    if let Some(dir) = value(attributes, Key::Dir)
        && let Some(dir) = one_of(dir, &["ltr", "rtl", "auto"])
    {
        push(out, "dir", dir);
    }
    if let Some(title) = value(attributes, Key::Title).map(str::trim).filter(|title| !title.is_empty()) {
        push(out, "title", shortened(title));
    }
}

/// Writes what belongs to this element alone, except for links, images and media.
pub(crate) fn push_special(out: &mut String, tag: Tag, attributes: &Attributes<'_>) {
    if attributes.is_empty() {
        return;
    }
    let number = |name, range: std::ops::RangeInclusive<i32>| {
        value(attributes, name)?.trim().parse::<i32>().ok().filter(|number| range.contains(number))
    };
    let mut numbers = |name: Key, range| {
        if let Some(number) = number(name, range) {
            push(out, name.text(), &number.to_string());
        }
    };
    match tag {
        // The largest spans that the table model of the standard allows are 1000 and 65534.
        Tag::Td | Tag::Th => {
            numbers(Key::Colspan, 2..=1000);
            numbers(Key::Rowspan, 0..=65534);
            if let Some(scope) =
                value(attributes, Key::Scope).and_then(|scope| one_of(scope, &["row", "col", "rowgroup", "colgroup"]))
            {
                push(out, "scope", scope);
            }
        }
        Tag::Ol => {
            numbers(Key::Start, -1_000_000..=1_000_000);
            if let Some(kind) = value(attributes, Key::Type).filter(|kind| matches!(*kind, "1" | "a" | "A" | "i" | "I"))
            {
                push(out, "type", kind);
            }
            if value(attributes, Key::Reversed).is_some() {
                push(out, "reversed", "");
            }
        }
        Tag::Li => numbers(Key::Value, -1_000_000..=1_000_000),
        Tag::Details if value(attributes, Key::Open).is_some() => push(out, "open", ""),
        Tag::Time | Tag::Del | Tag::Ins => {
            if let Some(datetime) = value(attributes, Key::Datetime).filter(|datetime| is_datetime(datetime)) {
                push(out, "datetime", datetime);
            }
        }
        Tag::Code | Tag::Pre => {
            if let Some(class) = value(attributes, Key::Class).and_then(language_class) {
                push(out, "class", class);
            }
        }
        _ => {}
    }
}

/// A text cut to a believable length.
pub(crate) fn shortened(text: &str) -> &str {
    &text[..text.floor_char_boundary(ATTRIBUTE_TEXT_BYTES_MAX)]
}

/// `language-rust` of the classes; everything else about colours is ours.
fn language_class(classes: &str) -> Option<&str> {
    classes.split_ascii_whitespace().find(|class| {
        let language = class.strip_prefix("language-").or_else(|| class.strip_prefix("lang-"));
        language.is_some_and(|language| {
            (1..=32).contains(&language.len())
                && language
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'+' | b'#' | b'.'))
        })
    })
}

fn is_language(text: &str) -> bool {
    (2..=35).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn is_datetime(text: &str) -> bool {
    (4..=40).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b':' | b'+' | b'.' | b' '))
}

fn one_of(text: &str, allowed: &[&'static str]) -> Option<&'static str> {
    allowed.iter().copied().find(|allowed| text.trim().eq_ignore_ascii_case(allowed))
}
