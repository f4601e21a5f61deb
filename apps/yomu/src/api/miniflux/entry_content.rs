//! `GET /entries/{id}/fetch-content`: the article of an entry's page.

use axum::extract::State;
use serde_json::json;
use yomu_model::ids::EntryId;

use super::error::{Answer, Refusal};
use super::input::{Id, json};
use crate::actions::fetch_article::fetch_article;
use crate::api::Api;
use crate::api::caller::Caller;

/// Fetches the article and keeps it beside the feed's own text; from then on it is what is shown, here and on the pages.
/// So `update_content` is always done.
pub(super) async fn fetch(State(api): State<Api>, caller: Caller, Id(id): Id<EntryId>) -> Answer {
    fetch_article(&api.app, caller.user.id, id).await?;
    let entries = api.app.store.entry_details(caller.user.id, &[id]).await?;
    let entry = entries.first().ok_or(Refusal::NotFound)?;
    Ok(json(&json!({ "content": entry.html, "reading_time": entry.reading_minutes })))
}
