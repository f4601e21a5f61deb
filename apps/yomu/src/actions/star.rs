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
        Ok(())
    } else {
        Err(ActionError::NotFound { what: "entry" })
    }
}
