//! Omnivore: `metadata_*.json` of its export, and the answers of its interface, which have highlights too

use serde_json::Value;

use crate::json::{moment, names, objects, text};
use crate::library::{Highlight, Item};

pub(crate) fn is_like(value: &Value) -> bool {
    value.get("savedAt").is_some() || value.get("readingProgress").is_some()
}

pub(crate) fn item(value: &Value) -> Item {
    let highlight = |one: &Value| Highlight {
        text: text(one, "quote").to_owned(),
        note: text(one, "annotation").to_owned(),
        made_at: moment(one, "createdAt"),
    };
    let url = if text(value, "url").is_empty() { text(value, "originalArticleUrl") } else { text(value, "url") };
    Item {
        url: url.to_owned(),
        title: text(value, "title").to_owned(),
        tags: names(value, "labels"),
        is_archived: text(value, "state").eq_ignore_ascii_case("archived"),
        saved_at: moment(value, "savedAt"),
        highlights: objects(value, "highlights").iter().map(highlight).collect(),
        ..Item::default()
    }
}
