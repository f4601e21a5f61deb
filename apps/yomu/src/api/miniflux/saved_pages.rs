//! Saving for later: an entry's page (`POST /entries/{id}/save`), or any page (`POST /saved-pages`, our own).

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use serde::Deserialize;
use serde_json::json;
use yomu_model::ids::EntryId;

use super::error::{Answer, Refusal};
use super::input::{Given, Id, json_with};
use crate::actions::save_page::save_page;
use crate::api::Api;
use crate::api::caller::Caller;

/// Where Miniflux hands an entry to another service, its page is saved here. Answers when that is done.
pub(super) async fn save_entry(State(api): State<Api>, caller: Caller, Id(id): Id<EntryId>) -> Answer {
    let entry = api.app.store.entry(caller.user.id, id).await?.ok_or(Refusal::NotFound)?;
    save_page(&api.app, caller.user.id, &entry.summary.url).await?;
    Ok(StatusCode::ACCEPTED.into_response())
}

/// A page.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct PageToSave {
    url: String,
}

/// Saves a page.
pub(super) async fn save(State(api): State<Api>, caller: Caller, Given(given): Given<PageToSave>) -> Answer {
    let id = save_page(&api.app, caller.user.id, &given.url).await?;
    Ok(json_with(StatusCode::CREATED, &json!({ "entry_id": id })))
}
