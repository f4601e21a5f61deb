//! Readeck: bookmarks as its interface gives them

use serde_json::Value;

use crate::json::{is_set, moment, names, objects, text};
use crate::library::{Highlight, Item};

pub(crate) fn is_like(value: &Value) -> bool {
    value.get("is_marked").is_some() || (value.get("labels").is_some() && value.get("is_archived").is_some())
}

pub(crate) fn item(value: &Value) -> Item {
    let highlight = |one: &Value| Highlight {
        text: text(one, "text").to_owned(),
        note: text(one, "note").to_owned(),
        made_at: moment(one, "created"),
    };
    Item {
        url: text(value, "url").to_owned(),
        title: text(value, "title").to_owned(),
        tags: names(value, "labels"),
        is_archived: is_set(value, "is_archived"),
        is_starred: is_set(value, "is_marked"),
        saved_at: moment(value, "created"),
        highlights: objects(value, "annotations").iter().map(highlight).collect(),
        ..Item::default()
    }
}
