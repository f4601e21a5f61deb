//! wallabag: its JSON export, with the text of each page and annotations

use serde_json::Value;

use crate::json::{is_set, moment, names, objects, text};
use crate::library::{Highlight, Item};
use crate::limits::{HTML_BYTES_MAX, cut};

pub(crate) fn is_like(value: &Value) -> bool {
    value.get("is_archived").is_some() && (value.get("is_starred").is_some() || value.get("given_url").is_some())
}

pub(crate) fn item(value: &Value) -> Item {
    // `text` is what the reader wrote, `quote` the passage.
    let highlight = |one: &Value| Highlight {
        text: text(one, "quote").to_owned(),
        note: text(one, "text").to_owned(),
        made_at: moment(one, "created_at"),
    };
    Item {
        url: text(value, "url").to_owned(),
        title: text(value, "title").to_owned(),
        tags: names(value, "tags"),
        is_archived: is_set(value, "is_archived"),
        is_starred: is_set(value, "is_starred"),
        saved_at: moment(value, "created_at"),
        highlights: objects(value, "annotations").iter().map(highlight).collect(),
        html: cut(text(value, "content"), HTML_BYTES_MAX).to_owned(),
    }
}
