//! JSON Feed 1.0 and 1.1, read leniently: what has the wrong type is skipped, what breaks off keeps what came before.

mod item;
mod stream;
mod value;

use url::Url;

use crate::address::absolute;
use crate::feed::{Feed, Format};
use crate::limits::{BAD_DATES_MAX, CONTENT_BYTES_MAX, TITLE_BYTES_MAX};
use crate::problem::{Problem, Problems};
use crate::text::{cut, one_line};
use crate::xml::shared_id;
use stream::Document;
use value::Fields;

/// Reads a feed; nothing if the JSON is something else.
pub(crate) fn read(text: &str, url: Option<&Url>, entries_max: usize, problems: &mut Problems) -> Option<Feed> {
    let Document { fields, entries, too_many, error } = stream::read(text, url, entries_max);
    let version = fields.text("version").unwrap_or_default();
    let is_feed = version.contains("jsonfeed.org") || !entries.is_empty() || fields.has("items") && fields.has("title");
    if let Some(error) = error {
        let breaks_off = error.is_eof();
        problems.push(match breaks_off {
            true => Problem::Truncated { line: error.line() },
            false => Problem::BadJson { line: error.line(), reason: reason(&error) },
        });
    }
    if !is_feed {
        problems.push(Problem::OtherJson);
        return None;
    }
    if too_many {
        problems.push(Problem::TooManyEntries { kept: entries_max, max: entries_max });
    }
    if !version.contains("jsonfeed.org") {
        problems.push(Problem::MissingVersion);
    }
    let mut feed = feed(&fields, url);
    feed.format = if version.contains("version/1.1") { Format::JsonFeed11 } else { Format::JsonFeed10 };
    let mut bad_dates = 0;
    for (entry, bad_date) in entries {
        if entry.content.as_ref().is_some_and(|content| content.html.len() > CONTENT_BYTES_MAX - 4) {
            problems.push(Problem::TooLong { field: "text", bytes_max: CONTENT_BYTES_MAX });
        }
        feed.entries.push(entry);
        if let Some(text) = bad_date.filter(|_| bad_dates < BAD_DATES_MAX) {
            bad_dates += 1;
            problems.push(Problem::BadDate { text, line: 0 });
        }
    }
    let site = feed.site_url.as_deref().and_then(|site| Url::parse(site).ok());
    feed.entries.iter_mut().for_each(|entry| crate::xml::settle_addresses(entry, site.as_ref().or(url)));
    if let Some(problem) = shared_id(&feed) {
        problems.push(problem);
    }
    Some(feed)
}

fn feed(fields: &Fields, url: Option<&Url>) -> Feed {
    let address = |name: &str| fields.text(name).and_then(|written| absolute(&written, url));
    let mut title = one_line(&fields.text("title").unwrap_or_default());
    cut(&mut title, TITLE_BYTES_MAX);
    let description = fields.text("description").map(|text| {
        let mut text = one_line(&text);
        cut(&mut text, TITLE_BYTES_MAX);
        text
    });
    let hub = fields.list("hubs").first().map(|hub| Fields::of(hub.clone()));
    Feed {
        title,
        description,
        site_url: address("home_page_url"),
        self_url: address("feed_url"),
        lang: fields.text("language"),
        icon_url: address("favicon").or_else(|| address("icon")),
        image_url: address("icon"),
        hub_url: hub.and_then(|hub| hub.text("url")).and_then(|written| absolute(&written, url)),
        authors: item::authors(fields),
        ..Feed::default()
    }
}

/// The library's words without the position, which is a field of the problem.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or(&text).to_owned()
}
