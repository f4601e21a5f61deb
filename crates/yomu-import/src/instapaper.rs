//! Instapaper: `URL,Title,Selection,Folder,Timestamp,Tags`; the folder is the state, or a word of the reader's

use crate::csv::Header;
use crate::dates::moment;
use crate::library::{Highlight, Item};

pub(crate) fn is_header(header: &Header) -> bool {
    header.has("url") && header.has("selection") && header.has("folder")
}

pub(crate) fn item(header: &Header, record: &[String]) -> Item {
    let get = |name| header.get(record, name);
    // A list of JSON, in exports since tags exist.
    let mut tags: Vec<String> = serde_json::from_str(get("tags")).unwrap_or_default();
    let folder = get("folder").trim();
    if !matches!(folder, "" | "Unread" | "Archive" | "Starred") {
        tags.push(folder.to_owned());
    }
    let selection = Highlight { text: get("selection").to_owned(), ..Highlight::default() };
    Item {
        url: get("url").to_owned(),
        title: get("title").to_owned(),
        tags,
        is_archived: folder == "Archive",
        is_starred: folder == "Starred",
        saved_at: moment(get("timestamp")),
        highlights: vec![selection],
        ..Item::default()
    }
}
