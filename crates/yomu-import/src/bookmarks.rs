//! Netscape bookmark files: links in nested lists, whose headings are folders
//!
//! Browsers write them, and bookmark services with `TAGS`. Pocket's older export is alike: two headings, for what is
//! unread and what was read.

use crate::dates::moment;
use crate::library::{Item, Library, Source};
use crate::limits::NESTING_MAX;

/// Whether a text is such a file.
pub(crate) fn is_like(text: &str) -> bool {
    let beginning = crate::limits::cut(text, 4_096).to_ascii_lowercase();
    beginning.contains("netscape-bookmark") || beginning.contains("<title>pocket export") || beginning.contains("<dl")
}

pub(crate) fn read(text: &str) -> Library {
    let is_pocket = crate::limits::cut(text, 4_096).to_ascii_lowercase().contains("<title>pocket export");
    let mut library = Library::of(if is_pocket { Source::Pocket } else { Source::Bookmarks });
    // The folders that are open; none for those that only browsers know.
    let mut folders: Vec<Option<String>> = Vec::new();
    let mut heading: Option<String> = None;
    let mut is_archive = false;
    let mut record = 0;
    let mut rest = text;
    while let Some((tag, after)) = next_tag(rest) {
        rest = after;
        match tag.name().as_str() {
            "h1" | "h2" | "h3" => {
                let (title, after) = content(rest);
                rest = after;
                is_archive = is_pocket && title == "Read Archive";
                let is_the_browsers = ["personal_toolbar_folder", "unfiled_bookmarks_folder"]
                    .into_iter()
                    .any(|name| tag.attribute(name).is_some());
                heading = (tag.name() == "h3" && !is_the_browsers).then_some(title);
            }
            "dl" if folders.len() < NESTING_MAX => folders.push(heading.take()),
            "/dl" => drop(folders.pop()),
            "a" => {
                let (title, after) = content(rest);
                rest = after;
                record += 1;
                let own = tag.attribute("tags").unwrap_or_default();
                let tags = own.split(',').map(str::to_owned).chain(folders.iter().flatten().cloned());
                let url = tag.attribute("href").unwrap_or_default();
                let item = Item {
                    title: if title == url { String::new() } else { title },
                    url,
                    tags: tags.collect(),
                    is_archived: is_archive || tag.attribute("toread").is_some_and(|value| value == "0"),
                    saved_at: ["add_date", "time_added"].into_iter().find_map(|name| moment(&tag.attribute(name)?)),
                    ..Item::default()
                };
                if !library.take(record, item) {
                    break;
                }
            }
            _ => {}
        }
    }
    library
}

/// A tag with what stands in it.
struct Tag<'t>(&'t str);

/// The next tag of a text, and what follows it. A `<` that begins none is text.
fn next_tag(text: &str) -> Option<(Tag<'_>, &str)> {
    let start = text.find('<')? + 1;
    let end = start + text[start..].find('>')?;
    Some((Tag(&text[start..end]), &text[end + 1..]))
}

/// The text up to the next closing tag of a heading or a link, and what follows it.
fn content(text: &str) -> (String, &str) {
    let end = text.find("</").unwrap_or(text.len());
    (unescaped(text[..end].trim()), &text[end..])
}

impl Tag<'_> {
    fn name(&self) -> String {
        let end = self.0.find(|next: char| next.is_whitespace()).unwrap_or(self.0.len());
        self.0[..end].to_ascii_lowercase()
    }

    /// The value of an attribute, in quotes or without.
    fn attribute(&self, wanted: &str) -> Option<String> {
        let mut rest = self.0;
        while let Some(equals) = rest.find('=') {
            let name = rest[..equals].trim_end();
            let name = &name[name.rfind(|last: char| last.is_ascii_whitespace()).map_or(0, |at| at + 1)..];
            let value = rest[equals + 1..].trim_start();
            let (value, after) = match value.strip_prefix(['"', '\'']) {
                Some(inside) => {
                    let quote = &value[..1];
                    inside.split_once(quote).unwrap_or((inside, ""))
                }
                None => value.split_at(value.find(|next: char| next.is_whitespace()).unwrap_or(value.len())),
            };
            if name.eq_ignore_ascii_case(wanted) {
                return Some(unescaped(value.trim()));
            }
            rest = after;
        }
        None
    }
}

/// The characters that are escaped in such files.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        match end.and_then(|end| Some((character(&rest[1..end])?, end))) {
            Some((character, end)) => {
                out.push(character);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|character| !character.is_control())
        }
    }
}
