//! Highlights: made, noted, removed.

use yomu_clean::text_without_blanks;
use yomu_model::highlight::Quote;
use yomu_model::ids::{EntryId, HighlightId, UserId};
use yomu_model::limits::NOTE_CHARS_MAX;
use yomu_store::{BodyKind, Highlighted, NewHighlight};

use super::undo::Undo;
use crate::App;
use crate::limits::{HIGHLIGHTS_OF_ENTRY_MAX, HIGHLIGHTS_OF_USER_MAX};
use crate::trouble::{ActionError, Trouble};

/// A passage as a page sends it.
#[derive(Debug, Default)]
pub struct Passage<'a> {
    /// The words.
    pub exact: &'a str,
    /// What stands before them; may be empty.
    pub prefix: &'a str,
    /// What stands behind them; may be empty.
    pub suffix: &'a str,
    /// What the reader writes beside it; may be empty.
    pub note: &'a str,
}

/// Highlights a passage that is in a text of the entry.
///
/// # Errors
/// Trouble with the passage or the note, or when it is in no text of the entry; when the user has no such entry; a failure
/// of the database.
pub async fn highlight(
    app: &App,
    user: UserId,
    entry: EntryId,
    passage: Passage<'_>,
) -> Result<HighlightId, ActionError> {
    let quote = Quote::new(passage.exact, passage.prefix, passage.suffix)
        .map_err(|problem| Trouble::new("passage", problem.to_string()))?;
    let note = checked_note(passage.note)?;
    if app.store.entry(user, entry).await?.is_none() {
        return Err(ActionError::NotFound { what: "entry" });
    }
    let mut bodies = Vec::with_capacity(2);
    for kind in [BodyKind::Article, BodyKind::Feed] {
        bodies.extend(app.store.body(user, entry, kind).await?.filter(|body| body.kind == kind));
    }
    let located = app.compute(move || {
        bodies.iter().find_map(|body| {
            let text = text_without_blanks(&body.html);
            let place = quote.find(&text, None)?;
            Some((quote.clone().with_context_of(&text, &place), place.start))
        })
    });
    let located = located.await.flatten();
    let (quote, place) = located
        .ok_or_else(|| Trouble::new("not_in_text", "the passage is not in the text; select it in the text as shown"))?;
    let new = NewHighlight { quote, place: Some(place), note };
    let room = (HIGHLIGHTS_OF_ENTRY_MAX, HIGHLIGHTS_OF_USER_MAX);
    match app.store.add_highlight(user, entry, &new, room, app.now()).await? {
        Highlighted::Done(id) => Ok(id),
        Highlighted::Unknown => Err(ActionError::NotFound { what: "entry" }),
        Highlighted::TooMany => {
            Err(Trouble::new("too_many_highlights", "there are too many highlights; remove some first").into())
        }
    }
}

/// Writes another note beside a highlight. Returns its entry.
///
/// # Errors
/// Trouble with the note; when the user has no such highlight; a failure of the database.
pub async fn change_note(app: &App, user: UserId, id: HighlightId, note: &str) -> Result<EntryId, ActionError> {
    let note = checked_note(note)?;
    app.store.change_note(user, id, &note).await?.ok_or(ActionError::NotFound { what: "highlight" })
}

/// Removes a highlight with its note; it can be taken back for a day.
///
/// # Errors
/// When the user has no such highlight; a failure of the database.
pub async fn remove_highlight(app: &App, user: UserId, id: HighlightId) -> Result<Undo, ActionError> {
    let at = app.store.remove_highlight(user, id, app.now()).await?;
    let at = at.ok_or(ActionError::NotFound { what: "highlight" })?;
    Ok(Undo::RemoveHighlight { id, at })
}

fn checked_note(note: &str) -> Result<String, Trouble> {
    let chars = note.chars().count();
    if chars > NOTE_CHARS_MAX {
        return Err(Trouble::new("note", format!("a note has at most {NOTE_CHARS_MAX} characters, not {chars}")));
    }
    Ok(note.trim().to_owned())
}
