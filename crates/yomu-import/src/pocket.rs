//! Pocket: `title,url,time_added,tags,status`, tags joined with `|`

use crate::csv::Header;
use crate::dates::moment;
use crate::library::Item;

pub(crate) fn is_header(header: &Header) -> bool {
    header.has("url") && header.has("time_added")
}

pub(crate) fn item(header: &Header, record: &[String]) -> Item {
    let get = |name| header.get(record, name);
    // Pocket writes the address where there is no title.
    let title = if get("title") == get("url") { "" } else { get("title") };
    Item {
        url: get("url").to_owned(),
        title: title.to_owned(),
        tags: get("tags").split('|').map(str::to_owned).collect(),
        is_archived: get("status") == "archive",
        is_starred: get("favorite") == "1",
        saved_at: moment(get("time_added")),
        ..Item::default()
    }
}
