//! `/export` and `/import`: subscriptions as OPML.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse as _;
use serde_json::json;

use super::error::Answer;
use super::input::{Raw, json_with};
use crate::actions::export_opml::export_opml;
use crate::actions::import_opml::import_opml;
use crate::api::Api;
use crate::api::caller::Caller;

/// All feeds as OPML.
pub(super) async fn export(State(api): State<Api>, caller: Caller) -> Answer {
    let text = export_opml(&api.app, caller.user.id).await?;
    Ok(([(header::CONTENT_TYPE, "text/xml; charset=utf-8")], text).into_response())
}

/// Subscribes to the feeds of an OPML file; they are fetched in the background.
pub(super) async fn import(State(api): State<Api>, caller: Caller, Raw(bytes): Raw) -> Answer {
    import_opml(&api.app, caller.user.id, bytes).await?;
    Ok(json_with(StatusCode::CREATED, &json!({ "message": "Feeds imported successfully" })))
}
