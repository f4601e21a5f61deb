//! Saves a page for later, with its article.

use yomu_model::ids::{EntryId, UserId};
use yomu_store::SavedPage;

use super::parse_address;
use crate::App;
use crate::fetch::{Answer, Kind, Request};
use crate::ingest::page_entry;
use crate::trouble::{ActionError, Trouble};

/// Fetches the page at an address and keeps its article. Nothing is saved when it cannot be fetched.
///
/// # Errors
/// Trouble with the reason; a failure of the database.
pub async fn save_page(app: &App, user: UserId, address: &str) -> Result<EntryId, ActionError> {
    let url = parse_address(address)?;
    let answer = app.fetcher.get(&Request::new(url.clone(), Kind::Page)).await;
    let document = match answer.map_err(|error| Trouble::new(error.kind(), error.to_string()))? {
        Answer::Document(document) => document,
        Answer::NotModified(_) => return Err(Trouble::new("empty", format!("{url} sent nothing")).into()),
    };
    let entry = app.compute(move || page_entry(&document, &url)).await;
    let entry = entry.unwrap_or_else(|| Err(Trouble::new("stopped", "the program is stopping")))?;
    let id = app.store.save_page(user, SavedPage { entry }, app.now()).await?;
    app.changed(user).await;
    Ok(id)
}
