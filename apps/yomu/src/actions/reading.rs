//! How a reader wants articles set, and how far they have read.

use yomu_model::ids::{EntryId, UserId};
use yomu_model::reading::Reading;

use crate::App;
use crate::trouble::ActionError;

/// The end of a text, in the thousandths in which positions are counted.
pub const POSITION_MAX: u32 = 1000;

/// Sets how pages look and articles are set.
///
/// # Errors
/// A failure of the database.
pub async fn set_reading(app: &App, user: UserId, reading: Reading) -> Result<(), ActionError> {
    Ok(app.changing_account(user, app.store.set_reading(user, reading)).await?)
}

/// Notes how far the user has read, in thousandths of the text; what is beyond the end is the end.
///
/// # Errors
/// When the user has no such entry; a failure of the database.
pub async fn set_reading_position(app: &App, user: UserId, entry: EntryId, permille: u32) -> Result<(), ActionError> {
    let known = app.store.set_reading_position(user, entry, permille.min(POSITION_MAX), app.now()).await?;
    if known { Ok(()) } else { Err(ActionError::NotFound { what: "entry" }) }
}
