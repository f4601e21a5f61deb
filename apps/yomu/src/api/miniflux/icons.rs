//! `/feeds/{id}/icon` and `/icons/{id}`: pictures in Base64.

use axum::extract::State;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use yomu_model::ids::{IconId, SubscriptionId, UserId};

use super::error::{Answer, Refusal};
use super::input::{Id, json};
use crate::api::Api;
use crate::api::caller::Caller;
use crate::api::library;

/// The icon of a feed.
pub(super) async fn of_feed(State(api): State<Api>, caller: Caller, Id(id): Id<SubscriptionId>) -> Answer {
    let feed = library::feed(&api.app, caller.user.id, id).await?;
    let icon = feed.and_then(|feed| feed.icon_id).ok_or(Refusal::NotFound)?;
    answer(&api, caller.user.id, icon).await
}

/// An icon by its number.
pub(super) async fn show(State(api): State<Api>, caller: Caller, Id(id): Id<IconId>) -> Answer {
    answer(&api, caller.user.id, id).await
}

async fn answer(api: &Api, user: UserId, id: IconId) -> Answer {
    let icon = api.app.store.icon(user, id).await?.ok_or(Refusal::NotFound)?;
    let data = format!("{};base64,{}", icon.media_type, STANDARD.encode(&icon.bytes));
    Ok(json(&json!({ "id": id, "mime_type": icon.media_type, "data": data })))
}
