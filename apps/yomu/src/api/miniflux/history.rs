//! `/flush-history`: what was read goes out of sight.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;

use super::error::Answer;
use crate::actions::remove_entry::remove_read;
use crate::api::Api;
use crate::api::caller::Caller;

/// Hides what was read and is not starred. Saved pages stay.
pub(super) async fn flush(State(api): State<Api>, caller: Caller) -> Answer {
    remove_read(&api.app, caller.user.id).await?;
    Ok(StatusCode::ACCEPTED.into_response())
}
