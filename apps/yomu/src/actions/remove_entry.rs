//! Removes an entry from a reader's sight.

use yomu_model::ids::{EntryId, UserId};

use super::undo::Undo;
use crate::App;
use crate::trouble::ActionError;

/// Removes an entry; it can be taken back for a day.
///
/// # Errors
/// When the user has no such entry; a failure of the database.
pub async fn remove_entry(app: &App, user: UserId, id: EntryId) -> Result<Undo, ActionError> {
    let at = app.store.remove_entry(user, id, app.now()).await?.ok_or(ActionError::NotFound { what: "entry" })?;
    Ok(Undo::RemoveEntry { id, at })
}
