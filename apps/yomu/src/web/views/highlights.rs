//! Highlights: on the page of their entry, and all of them on one page.

use askama::Template;
use yomu_clean::{Mark, text_without_blanks, with_marks};
use yomu_model::ids::{EntryId, HighlightId};
use yomu_store::{Highlight, KeptHighlight};

use super::excerpt::cut;
use super::{Frame, foreign};
use crate::web::visit::Visit;

/// The highlights of an entry.
pub(in crate::web) struct EntryHighlights {
    pub(in crate::web) rows: Vec<HighlightRow>,
}

/// A highlight as a page shows it.
pub(in crate::web) struct HighlightRow {
    pub(in crate::web) id: HighlightId,
    pub(in crate::web) text: String,
    pub(in crate::web) note: String,
    pub(in crate::web) when: String,
    /// Whether the passage is in the text as shown; on the page of all highlights nobody has looked.
    pub(in crate::web) is_in_text: bool,
}

impl HighlightRow {
    fn new(one: Highlight, is_in_text: bool, visit: &Visit) -> Self {
        Self {
            id: one.id,
            text: one.quote.exact,
            note: one.note,
            when: (visit.words.ago)(one.created_at, visit.now, &visit.zone),
            is_in_text,
        }
    }
}

/// The highlights of an entry in the order of its text, and the body with marks around them. What is not in this text
/// comes last.
pub(in crate::web) fn with_highlights(
    html: Option<&str>,
    highlights: Vec<Highlight>,
    visit: &Visit,
) -> (Option<String>, EntryHighlights) {
    if highlights.is_empty() {
        return (None, EntryHighlights { rows: Vec::new() });
    }
    let html = html.unwrap_or_default();
    let text = text_without_blanks(html);
    let mut placed: Vec<(Option<usize>, Highlight)> = Vec::with_capacity(highlights.len());
    let mut marks = Vec::with_capacity(highlights.len());
    for one in highlights {
        let place = one.quote.find(&text, one.place);
        let start = place.as_ref().map(|place| place.start);
        marks.extend(place.map(|place| Mark { place, number: one.id.get(), has_note: !one.note.is_empty() }));
        placed.push((start, one));
    }
    placed.sort_by_key(|(start, one)| (start.is_none(), *start, one.id));
    let rows = placed.into_iter().map(|(start, one)| HighlightRow::new(one, start.is_some(), visit)).collect();
    (Some(with_marks(html, &marks)), EntryHighlights { rows })
}

/// The page of all highlights.
#[derive(Template)]
#[template(path = "highlights.html")]
pub(in crate::web) struct HighlightsView {
    pub(in crate::web) frame: Frame,
    pub(in crate::web) q: String,
    pub(in crate::web) groups: Vec<HighlightGroup>,
    pub(in crate::web) next: Option<String>,
}

/// Highlights of one entry that were made one after the other.
pub(in crate::web) struct HighlightGroup {
    pub(in crate::web) entry: EntryId,
    pub(in crate::web) title: String,
    pub(in crate::web) site: String,
    pub(in crate::web) lang: Option<String>,
    pub(in crate::web) rows: Vec<HighlightRow>,
}

/// Highlights in the order of the list, those of one entry that follow each other together.
pub(in crate::web) fn highlight_groups(all: Vec<KeptHighlight>, visit: &Visit) -> Vec<HighlightGroup> {
    /// A line of a list.
    const COLUMNS: usize = 120;

    let mut groups: Vec<HighlightGroup> = Vec::new();
    for one in all {
        let entry = one.highlight.entry_id;
        if groups.last().is_none_or(|group| group.entry != entry) {
            let title = cut(one.title.trim(), COLUMNS);
            let title = if title.is_empty() { visit.words.untitled.to_owned() } else { title };
            groups.push(HighlightGroup {
                entry,
                title,
                site: one.site,
                lang: foreign(one.lang, visit),
                rows: Vec::new(),
            });
        }
        if let Some(group) = groups.last_mut() {
            group.rows.push(HighlightRow::new(one.highlight, true, visit));
        }
    }
    groups
}
