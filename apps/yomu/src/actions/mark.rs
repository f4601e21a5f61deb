//! Marks entries read or unread.

use yomu_model::ids::{EntryId, UserId};
use yomu_store::{Marked, Range, View};

use crate::App;
use crate::trouble::ActionError;

/// Marks one entry.
///
/// # Errors
/// A failure of the database.
pub async fn mark_entry(app: &App, user: UserId, entry: EntryId, unread: bool) -> Result<Marked, ActionError> {
    Ok(app.store.mark_entries(user, &[entry], unread, app.now()).await?)
}

/// Marks a list read, or its beginning down to one entry.
///
/// # Errors
/// A failure of the database.
pub async fn mark_range(app: &App, user: UserId, view: View, range: Range) -> Result<Marked, ActionError> {
    Ok(app.store.mark_range(user, view, range, app.now()).await?)
}
