//! Notes how far a user is in an attached file.

use yomu_model::ids::{EntryId, UserId};

use crate::App;
use crate::trouble::ActionError;

/// Notes a position in seconds; `number` counts the entry's files from 0.
///
/// # Errors
/// When the user has no such entry; a failure of the database.
pub async fn set_media_position(
    app: &App,
    user: UserId,
    entry: EntryId,
    number: u32,
    seconds: u32,
) -> Result<(), ActionError> {
    let known = app.store.set_media_position(user, entry, number, seconds).await?;
    if known { Ok(()) } else { Err(ActionError::NotFound { what: "entry" }) }
}
