//! One entry in a list.

use yomu_model::ids::{EntryId, IconId, SubscriptionId};
use yomu_store::EntrySummary;

use super::excerpt::cut;
use super::site_name;
use crate::web::cursor::write_cursor;
use crate::web::limits::EXCERPT_COLUMNS;
use crate::web::visit::Visit;
use crate::web::words::{Words, datetime};

/// What a row shows.
pub(in crate::web) struct Row {
    pub(in crate::web) id: EntryId,
    pub(in crate::web) unread: bool,
    pub(in crate::web) starred: bool,
    pub(in crate::web) is_saved_page: bool,
    pub(in crate::web) icon: Option<IconId>,
    pub(in crate::web) feed: SubscriptionId,
    /// The feed's title, or the site of a saved page.
    pub(in crate::web) source: String,
    pub(in crate::web) datetime: String,
    pub(in crate::web) when: String,
    /// The language of title and excerpt, where it is not the page's.
    pub(in crate::web) lang: Option<String>,
    pub(in crate::web) title: Vec<Piece>,
    pub(in crate::web) excerpt: Vec<Piece>,
    /// The entry's place in the list.
    pub(in crate::web) cursor: String,
}

/// Some text, highlighted or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::web) struct Piece {
    pub(in crate::web) text: String,
    pub(in crate::web) hit: bool,
}

impl Piece {
    /// A text without a highlight.
    pub(in crate::web) fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), hit: false }
    }
}

impl Row {
    /// The row of an entry.
    pub(in crate::web) fn new(entry: EntrySummary, visit: &Visit) -> Self {
        let source = source(&entry);
        let title = shown_title(&entry, visit);
        // Undated entries stand where they were found, and say nothing about when.
        let published = entry.published_at;
        Self {
            id: entry.id,
            unread: entry.unread,
            starred: entry.starred,
            is_saved_page: entry.is_saved_page,
            icon: entry.icon_id,
            feed: entry.subscription_id,
            source,
            datetime: published.map(datetime).unwrap_or_default(),
            when: published.map(|time| (visit.words.ago)(time, visit.now, &visit.zone)).unwrap_or_default(),
            lang: foreign(entry.lang, visit),
            title: vec![Piece::plain(title)],
            excerpt: vec![Piece::plain(cut(&entry.excerpt, EXCERPT_COLUMNS))],
            cursor: write_cursor(entry.cursor),
        }
    }
}

/// Where an entry is from: its feed's title, or the site of a saved page; where neither says its name, the host.
pub(in crate::web) fn source(entry: &EntrySummary) -> String {
    let name = entry.feed_title.trim();
    if name.is_empty() { site_name(&entry.url).to_owned() } else { name.to_owned() }
}

/// The title, or the beginning of the text of an entry that has none.
pub(in crate::web) fn shown_title(entry: &EntrySummary, visit: &Visit) -> String {
    /// A line of a list.
    const COLUMNS: usize = 60;

    if !entry.title.trim().is_empty() {
        return entry.title.clone();
    }
    let beginning = cut(entry.excerpt.trim(), COLUMNS);
    if beginning.is_empty() { visit.words.untitled.to_owned() } else { beginning }
}

/// A language that is another than the page's.
pub(in crate::web) fn foreign(lang: Option<String>, visit: &Visit) -> Option<String> {
    foreign_to(visit.words, lang)
}

/// The same where nobody is signed in.
pub(in crate::web) fn foreign_to(words: &Words, lang: Option<String>) -> Option<String> {
    lang.filter(|lang| !lang.is_empty() && lang != words.code)
}
