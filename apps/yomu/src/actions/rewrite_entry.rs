//! Gives an entry other words.

use yomu_model::ids::{EntryId, UserId};
use yomu_store::{EntryDetails, Rewritten};

use crate::App;
use crate::ingest::{OwnWords, own_entry};
use crate::trouble::{ActionError, Trouble};

/// What to change; none stays as it is.
#[derive(Debug, Clone, Default)]
pub struct NewWords {
    /// The title as plain text.
    pub title: Option<String>,
    /// The body as any HTML; what is stored of it is safe.
    pub html: Option<String>,
}

/// Rewrites an entry that nobody else has.
///
/// # Errors
/// Trouble when others have it, too; when the user has no such entry; a failure of the database.
pub async fn rewrite_entry(app: &App, user: UserId, id: EntryId, words: NewWords) -> Result<(), ActionError> {
    let unknown = ActionError::NotFound { what: "entry" };
    let Some(current) = app.store.entry_details(user, &[id]).await?.pop() else { return Err(unknown) };
    let EntryDetails { title, html, url, .. } = current;
    let own = OwnWords { title: words.title.unwrap_or(title), html: words.html.unwrap_or(html), url };
    let entry =
        app.compute(move || own_entry(own)).await.ok_or_else(|| Trouble::new("stopped", "the program is stopping"))?;
    match app.store.rewrite_entry(user, id, entry, app.now()).await? {
        Rewritten::Done => Ok(()),
        Rewritten::Unknown => Err(unknown),
        Rewritten::Shared => {
            Err(Trouble::new("shared_entry", "others read this entry, too, so it cannot be rewritten").into())
        }
    }
}
