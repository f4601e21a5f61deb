//! Fetches the full text of one entry from its page.

use yomu_model::ids::{EntryId, UserId};

use crate::App;
use crate::jobs;
use crate::trouble::ActionError;

/// Fetches the page that an entry links to and keeps its article beside the feed's own text.
///
/// # Errors
/// Trouble with the reason; a failure of the database.
pub async fn fetch_article(app: &App, user: UserId, entry: EntryId) -> Result<(), ActionError> {
    let found = app.store.entry(user, entry).await?.ok_or(ActionError::NotFound { what: "entry" })?;
    jobs::fetch_article(app, entry, &found.summary.url).await
}
