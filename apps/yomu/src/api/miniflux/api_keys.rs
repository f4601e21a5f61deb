//! `/api-keys`: the app passwords of the caller. A password is shown once; lists leave the token empty.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use serde::{Deserialize, Serialize};
use yomu_model::ids::AppPasswordId;

use super::error::{Answer, Refusal};
use super::input::{Given, Id, json, json_with};
use super::time::Time;
use crate::actions::app_password::{create_app_password, remove_app_password};
use crate::api::Api;
use crate::api::caller::Caller;

#[derive(Serialize)]
struct ApiKeyJson<'a> {
    id: i64,
    user_id: i64,
    token: &'a str,
    description: &'a str,
    last_used_at: Option<Time>,
    created_at: Time,
}

/// What a key is for.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct ApiKeyCreation {
    description: String,
}

/// The caller's keys.
pub(super) async fn list(State(api): State<Api>, caller: Caller) -> Answer {
    let all = api.app.store.app_passwords(caller.user.id).await?;
    let shapes = all.iter().map(|one| ApiKeyJson {
        id: one.id.get(),
        user_id: caller.user.id.get(),
        token: "",
        description: &one.name,
        last_used_at: one.used_at.map(Time::from),
        created_at: one.created_at.into(),
    });
    Ok(json(&shapes.collect::<Vec<_>>()))
}

/// Makes a key.
pub(super) async fn create(State(api): State<Api>, caller: Caller, Given(given): Given<ApiKeyCreation>) -> Answer {
    let user = caller.user.id;
    let taken = api.app.store.app_passwords(user).await?.iter().any(|one| one.name == given.description.trim());
    if taken {
        return Err(Refusal::bad("there is a key of this description already"));
    }
    let made = create_app_password(&api.app, user, &given.description).await?;
    let shape = ApiKeyJson {
        id: made.id.get(),
        user_id: user.get(),
        token: made.password.expose(),
        description: given.description.trim(),
        last_used_at: None,
        created_at: api.app.now().into(),
    };
    Ok(json_with(StatusCode::CREATED, &shape))
}

/// Ends a key.
pub(super) async fn remove(State(api): State<Api>, caller: Caller, Id(id): Id<AppPasswordId>) -> Answer {
    remove_app_password(&api.app, caller.user.id, id).await.map_err(|error| match error {
        crate::trouble::ActionError::NotFound { .. } => Refusal::NotFound,
        error => error.into(),
    })?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
