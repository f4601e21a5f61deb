//! `/enclosures/{id}`: an attached file, and how far the user is in it.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use serde::Deserialize;

use super::entry_json::EnclosureJson;
use super::error::{Answer, Refusal};
use super::input::{Given, Id, json};
use crate::actions::media_position::set_media_position;
use crate::api::Api;
use crate::api::caller::Caller;
use crate::api::media::enclosure_place;

/// How far the user is.
#[derive(Deserialize)]
pub(super) struct EnclosureChange {
    media_progression: i64,
}

/// An attached file.
pub(super) async fn show(State(api): State<Api>, caller: Caller, Id(id): Id<i64>) -> Answer {
    Ok(json(&find(&api, &caller, id).await?))
}

/// Notes how far the user is, in seconds.
pub(super) async fn update(
    State(api): State<Api>,
    caller: Caller,
    Id(id): Id<i64>,
    Given(given): Given<EnclosureChange>,
) -> Answer {
    let seconds = u32::try_from(given.media_progression)
        .map_err(|_| Refusal::bad("`media_progression` is a number of seconds, 0 or more"))?;
    find(&api, &caller, id).await?;
    let (entry, place) = enclosure_place(id);
    set_media_position(&api.app, caller.user.id, entry, place, seconds).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn find(api: &Api, caller: &Caller, id: i64) -> Result<EnclosureJson, Refusal> {
    let (entry, place) = enclosure_place(id);
    let entries = api.app.store.entry_details(caller.user.id, &[entry]).await?;
    let entry = entries.first().ok_or(Refusal::NotFound)?;
    EnclosureJson::all(&caller.user, entry).into_iter().nth(place as usize).ok_or(Refusal::NotFound)
}
