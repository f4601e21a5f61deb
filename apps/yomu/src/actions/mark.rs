//! Marks entries read or unread.

use yomu_model::ids::{EntryId, UserId};
use yomu_store::{EntryFilter, Marked, Range, View};

use crate::App;
use crate::trouble::ActionError;

/// Marks one entry.
///
/// # Errors
/// When the user has no such entry.
pub async fn mark_entry(app: &App, user: UserId, entry: EntryId, unread: bool) -> Result<Marked, ActionError> {
    let marked = app.store.mark_entries(user, &[entry], unread, app.now()).await?;
    // Nothing changes when it was so before, either.
    if marked.count == 0 && app.store.entry(user, entry).await?.is_none() {
        return Err(ActionError::NotFound { what: "entry" });
    }
    app.changed(user).await;
    Ok(marked)
}

/// Marks a list read, or its beginning down to one entry.
///
/// # Errors
/// A failure of the database.
pub async fn mark_range(app: &App, user: UserId, view: View, range: Range) -> Result<Marked, ActionError> {
    let marked = app.store.mark_range(user, view, range, app.now()).await?;
    app.changed(user).await;
    Ok(marked)
}

/// Marks some entries; those that are not the user's are passed over.
///
/// # Errors
/// A failure of the database.
pub async fn mark_entries(app: &App, user: UserId, entries: &[EntryId], unread: bool) -> Result<Marked, ActionError> {
    let marked = app.store.mark_entries(user, entries, unread, app.now()).await?;
    app.changed(user).await;
    Ok(marked)
}

/// Marks everything read that meets a filter.
///
/// # Errors
/// A failure of the database.
pub async fn mark_filtered(app: &App, user: UserId, filter: &EntryFilter) -> Result<Marked, ActionError> {
    let marked = app.store.mark_filtered(user, filter, app.now()).await?;
    app.changed(user).await;
    Ok(marked)
}
