//! Brings the pages of another program along: kept at once, their texts fetched in the background.

use url::Url;
use yomu_clean::{Context, clean};
use yomu_import::{Item, Library};
use yomu_model::highlight::Quote;
use yomu_model::ids::UserId;
use yomu_model::limits::{NOTE_CHARS_MAX, TAGS_PER_ENTRY_MAX};
use yomu_model::name::TagName;
use yomu_model::tag::parse_tags;
use yomu_store::{ImportedPage, NewEntry, NewHighlight};

use crate::App;
use crate::ingest::{OwnWords, own_entry, page_names};
use crate::limits::PAGES_IMPORTED_TOGETHER;
use crate::trouble::ActionError;

/// What an import came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportedPages {
    /// New pages.
    pub new: u32,
    /// Pages that were there.
    pub known: u32,
    /// What could not be used, one sentence each.
    pub problems: Vec<String>,
}

/// Imports what was read from a file of another program. `progress` hears how many pages of how many are done.
///
/// # Errors
/// A failure of the database.
pub(crate) async fn import_library(
    app: &App,
    user: UserId,
    library: Library,
    mut progress: impl FnMut(u64, u64),
) -> Result<ImportedPages, ActionError> {
    let Library { items, problems, .. } = library;
    let mut imported =
        ImportedPages { problems: problems.iter().map(ToString::to_string).collect(), ..ImportedPages::default() };
    let now = app.now();
    let all = items.len() as u64;
    let mut items = items.into_iter().peekable();
    while items.peek().is_some() {
        let some: Vec<Item> = items.by_ref().take(PAGES_IMPORTED_TOGETHER).collect();
        let pages = app.compute(move || some.into_iter().filter_map(|item| page(item, now)).collect::<Vec<_>>()).await;
        let count = app.store.import_pages(user, pages.unwrap_or_default(), now).await?;
        imported.new += count.new;
        imported.known += count.known;
        progress(all - items.len() as u64, all);
    }
    app.changed(user).await;
    app.pages_due.notify_one();
    Ok(imported)
}

/// Tries again what was given up.
///
/// # Errors
/// A failure of the database.
pub async fn retry_pages(app: &App, user: UserId) -> Result<u64, ActionError> {
    let count = app.store.retry_pages(user, app.now()).await?;
    app.pages_due.notify_one();
    Ok(count)
}

fn page(item: Item, now: jiff::Timestamp) -> Option<ImportedPage> {
    let address = Url::parse(&item.url).ok()?;
    let url = yomu_clean::url_without_tracking(address.as_str()).to_string();
    let title = if item.title.is_empty() { url.clone() } else { one_line(&item.title) };
    let has_text = !item.html.trim().is_empty();
    let entry = if has_text {
        own_entry(OwnWords { title: title.clone(), html: item.html, url: url.clone() })
    } else {
        NewEntry { title: title.clone(), url: url.clone(), reading_minutes: 1, ..NewEntry::default() }
    };
    let (identity, hash) = page_names(&url, &title, &entry.html);
    let highlights = item.highlights.iter().filter_map(|one| {
        let quote = Quote::new(&one.text, "", "").ok()?;
        let note = one.note.chars().take(NOTE_CHARS_MAX).collect();
        Some((NewHighlight { quote, place: None, note }, one.made_at))
    });
    Some(ImportedPage {
        saved_at: item.saved_at.unwrap_or(now).min(now),
        unread: !item.is_archived,
        starred: item.is_starred,
        tags: tags(&item.tags),
        highlights: highlights.collect(),
        is_to_fetch: !has_text,
        entry: NewEntry { identity: identity.0, content_hash: hash.0, ..entry },
    })
}

/// Titles may hold markup in some exports; as text they are one line.
fn one_line(title: &str) -> String {
    let text = if title.contains('<') { clean(title, &Context::default()).text } else { title.to_owned() };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The names that can be tags; one that cannot be is left out rather than the page.
fn tags(names: &[String]) -> Vec<TagName> {
    let mut tags: Vec<TagName> = names.iter().filter_map(|name| parse_tags(name).ok()).flatten().collect();
    tags.truncate(TAGS_PER_ENTRY_MAX);
    tags
}
