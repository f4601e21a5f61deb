//! Highlights as a Markdown file: of one entry, or all of them.

use jiff::tz::TimeZone;
use yomu_model::highlight::{Passage, Source, write_markdown};
use yomu_model::ids::{EntryId, UserId};
use yomu_store::KeptHighlight;

use crate::App;
use crate::limits::HIGHLIGHTS_READ;
use crate::trouble::ActionError;

/// All highlights, entry by entry: the one highlighted last comes first, and within an entry what was highlighted first.
///
/// # Errors
/// A failure of the database.
pub async fn export_highlights(app: &App, user: UserId, zone: &TimeZone) -> Result<String, ActionError> {
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let page = app.store.highlights(user, "", after, HIGHLIGHTS_READ).await?;
        let is_last = page.len() < HIGHLIGHTS_READ as usize;
        after = page.last().map(|one| (one.highlight.created_at, one.highlight.id));
        all.extend(page);
        if is_last {
            return Ok(markdown(all, zone));
        }
    }
}

/// The highlights of one entry in the order of the text; none when the user has no such entry.
///
/// # Errors
/// A failure of the database.
pub async fn export_highlights_of(
    app: &App,
    user: UserId,
    entry: EntryId,
    zone: &TimeZone,
) -> Result<Option<String>, ActionError> {
    let Some(found) = app.store.entry(user, entry).await? else { return Ok(None) };
    let summary = found.summary;
    let source =
        Source { title: &summary.title, url: &summary.url, author: &summary.author, site: &summary.feed_title };
    let highlights = app.store.highlights_of(user, entry).await?;
    let days: Vec<String> = highlights.iter().map(|one| day(one.created_at, zone)).collect();
    let mut out = String::new();
    let passages = highlights.iter().zip(&days);
    write_markdown(
        &mut out,
        &source,
        passages.map(|(one, day)| Passage { text: &one.quote.exact, note: &one.note, day }),
    );
    Ok(Some(out))
}

fn markdown(all: Vec<KeptHighlight>, zone: &TimeZone) -> String {
    let mut entries: Vec<(EntryId, Vec<KeptHighlight>)> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for one in all {
        let id = one.highlight.entry_id;
        let place = *places.entry(id).or_insert_with(|| {
            entries.push((id, Vec::new()));
            entries.len() - 1
        });
        entries[place].1.push(one);
    }
    let mut out = String::new();
    for (_, mut highlights) in entries {
        highlights.reverse();
        let Some(first) = highlights.first() else { continue };
        let source = Source { title: &first.title, url: &first.url, author: &first.author, site: &first.site };
        let days: Vec<String> = highlights.iter().map(|one| day(one.highlight.created_at, zone)).collect();
        let passages = highlights.iter().zip(&days);
        write_markdown(
            &mut out,
            &source,
            passages.map(|(one, day)| Passage { text: &one.highlight.quote.exact, note: &one.highlight.note, day }),
        );
    }
    out
}

fn day(time: jiff::Timestamp, zone: &TimeZone) -> String {
    time.to_zoned(zone.clone()).strftime("%Y-%m-%d").to_string()
}
