//! One item of a JSON Feed.

use serde_json::Value;
use url::Url;

use super::value::Fields;
use crate::address::{absolute, absolute_or_pending};
use crate::dates;
use crate::feed::{Content, Enclosure, Entry};
use crate::limits::{CATEGORIES_MAX, CONTENT_BYTES_MAX, ENCLOSURES_MAX, SHORT_TEXT_BYTES_MAX, TITLE_BYTES_MAX};
use crate::problem::quote;
use crate::text::{cut, one_line, plain_title, plain_to_html};
use crate::xml::push_person;

/// The entry, and a date that is none.
pub(super) fn entry(mut fields: Fields, url: Option<&Url>) -> (Entry, Option<String>) {
    let mut bad_date = None;
    let mut date = |fields: &Fields, name: &str| {
        let text = fields.text(name)?;
        let time = dates::parse(&text);
        if time.is_none() {
            bad_date.get_or_insert_with(|| quote(&text));
        }
        time
    };
    let (published, updated) = (date(&fields, "date_published"), date(&fields, "date_modified"));
    // Relative addresses wait for the site's address, which may come last.
    let address = |name: &str| absolute_or_pending(&fields.text(name)?, None);
    let mut id = fields.text("id");
    if let Some(id) = id.as_mut() {
        cut(id, SHORT_TEXT_BYTES_MAX);
    }
    let external_url = address("external_url");
    let mut title = plain_title(&fields.text("title").unwrap_or_default());
    cut(&mut title, TITLE_BYTES_MAX);
    let mut entry = Entry {
        url: address("url").or_else(|| external_url.clone()).or_else(|| absolute(id.as_deref()?, None)),
        id,
        external_url,
        title,
        published,
        updated,
        authors: authors(&fields),
        categories: categories(&fields),
        enclosures: fields
            .list("attachments")
            .iter()
            .filter_map(|value| enclosure(value, url))
            .take(ENCLOSURES_MAX)
            .collect(),
        image_url: address("image").or_else(|| address("banner_image")),
        lang: fields.text("language"),
        ..Entry::default()
    };
    let summary = fields.take_text("summary").map(|text| content(plain_to_html(&text)));
    let html = fields.take_text("content_html").map(content);
    let full = html.or_else(|| fields.take_text("content_text").map(|text| content(plain_to_html(&text))));
    (entry.content, entry.summary) = match full {
        Some(full) => (Some(full), summary),
        None => (summary, None),
    };
    (entry, bad_date)
}

fn content(mut html: String) -> Content {
    html.truncate(html.floor_char_boundary(CONTENT_BYTES_MAX));
    Content { html }
}

/// `authors` of 1.1 and `author` of 1.0; some write plain names.
pub(super) fn authors(fields: &Fields) -> Vec<String> {
    let mut names = Vec::new();
    for value in fields.list("authors").iter().chain(fields.list("author")) {
        let name = match value {
            Value::String(name) => Some(name.clone()),
            other => {
                let fields = Fields::of(other.clone());
                fields.text("name").or_else(|| fields.text("url"))
            }
        };
        push_person(name.map(|name| one_line(&name)).filter(|name| !name.is_empty()), &mut names);
    }
    names
}

fn categories(fields: &Fields) -> Vec<String> {
    let mut categories = Vec::new();
    for tag in fields.list("tags").iter().filter_map(Value::as_str) {
        let mut tag = one_line(tag);
        cut(&mut tag, SHORT_TEXT_BYTES_MAX);
        if !tag.is_empty() && categories.len() < CATEGORIES_MAX && !categories.contains(&tag) {
            categories.push(tag);
        }
    }
    categories
}

fn enclosure(value: &Value, url: Option<&Url>) -> Option<Enclosure> {
    let fields = Fields::of(value.clone());
    Some(Enclosure {
        url: absolute(&fields.text("url")?, url)?,
        media_type: fields.text("mime_type").map(|text| text.to_ascii_lowercase()),
        length: fields.number("size_in_bytes"),
        duration_s: fields.number("duration_in_seconds").and_then(|seconds| u32::try_from(seconds).ok()),
        title: fields.text("title").map(|title| one_line(&title)),
    })
}
