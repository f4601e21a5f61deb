//! `yomu search`: find entries.

use jiff::tz::TimeZone;
use yomu_model::search::Query;
use yomu_store::{EntrySummary, Order};

use super::Format;
use super::open::open;
use crate::commands::{CommandError, Exit};
use crate::config::Config;

/// Prints the newest entries that meet a query.
pub(super) async fn search(config: Config, words: &[String], limit: u32, format: Format) -> Result<Exit, CommandError> {
    let (app, user) = open(&config).await?;
    let query = Query::parse(&words.join(" "), &TimeZone::system());
    for problem in &query.problems {
        eprintln!("{problem}");
    }
    let found = app.store.search(user.id, &query, Order::Newest, None, limit).await?.entries;
    match format {
        Format::Human => found.iter().for_each(print_line),
        Format::Json => println!("{}", serde_json::Value::Array(found.iter().map(json).collect())),
    }
    Ok(if found.is_empty() { Exit::Nothing } else { Exit::Done })
}

fn print_line(entry: &EntrySummary) {
    let date = entry.published_at.map(|time| time.to_zoned(TimeZone::system()).date().to_string()).unwrap_or_default();
    println!("{date:10}  {}  ({})\n            {}", entry.title, entry.feed_title, entry.url);
}

fn json(entry: &EntrySummary) -> serde_json::Value {
    serde_json::json!({
        "id": entry.id.get(),
        "title": entry.title,
        "url": entry.url,
        "feed": entry.feed_title,
        "author": entry.author,
        "published_at": entry.published_at.map(|time| time.to_string()),
        "unread": entry.unread,
        "starred": entry.starred,
        "excerpt": entry.excerpt,
    })
}
