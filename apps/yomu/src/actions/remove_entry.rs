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
    app.changed(user).await;
    Ok(Undo::RemoveEntry { id, at })
}

/// Removes what was read and is not starred; saved pages stay. Returns how many entries went.
///
/// # Errors
/// A failure of the database.
pub async fn remove_read(app: &App, user: UserId) -> Result<u32, ActionError> {
    let count = app.store.remove_read(user, app.now()).await?.count;
    app.changed(user).await;
    Ok(count)
}
