//! Stars an entry, or takes the star away.

use yomu_model::ids::{EntryId, UserId};

use crate::App;
use crate::trouble::ActionError;

/// Stars an entry or not.
///
/// # Errors
/// When the user has no such entry; a failure of the database.
pub async fn star(app: &App, user: UserId, entry: EntryId, starred: bool) -> Result<(), ActionError> {
    if app.store.star(user, entry, starred, app.now()).await? {
        app.changed(user).await;
        Ok(())
    } else {
        Err(ActionError::NotFound { what: "entry" })
    }
}

/// Stars some entries or not; those that are not the user's are passed over. Returns how many are.
///
/// # Errors
/// A failure of the database.
pub async fn star_entries(app: &App, user: UserId, entries: &[EntryId], starred: bool) -> Result<u64, ActionError> {
    let count = app.store.star_entries(user, entries, starred, app.now()).await?;
    app.changed(user).await;
    Ok(count)
}

/// Stars an entry that is not starred, and takes the star from one that is. Says whether it is starred now.
///
/// # Errors
/// When the user has no such entry; a failure of the database.
pub async fn toggle_star(app: &App, user: UserId, entry: EntryId) -> Result<bool, ActionError> {
    let starred = app.store.toggle_star(user, entry, app.now()).await?;
    let starred = starred.ok_or(ActionError::NotFound { what: "entry" })?;
    app.changed(user).await;
    Ok(starred)
}
