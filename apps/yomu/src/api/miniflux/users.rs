//! `/me` and `/users`. Users sign in through an identity provider, so a password given here is not kept; an app password
//! is what their apps use.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use serde::Deserialize;
use yomu_model::ids::UserId;
use yomu_store::User;

use super::error::{Answer, Refusal};
use super::input::{Given, Id, json, json_with};
use super::user_json::UserJson;
use crate::actions::account::{delete_account, set_admin, set_preferences};
use crate::actions::create_user::create_user;
use crate::api::Api;
use crate::api::caller::Caller;

/// Who calls.
pub(super) async fn me(caller: Caller) -> Answer {
    Ok(json(&UserJson::new(&caller.user, None)))
}

/// Everybody.
pub(super) async fn list(State(api): State<Api>, caller: Caller) -> Answer {
    admins_only(&caller)?;
    let people = api.app.store.people().await?;
    Ok(json(&people.iter().map(|one| UserJson::new(&one.user, one.seen_at)).collect::<Vec<_>>()))
}

/// One user: a positive number is a number, anything else a name.
pub(super) async fn show(State(api): State<Api>, caller: Caller, Path(wanted): Path<String>) -> Answer {
    admins_only(&caller)?;
    let number = wanted.parse().ok().filter(|number| *number > 0).map(UserId::new);
    let people = api.app.store.people().await?;
    let found = people.iter().find(|one| match number {
        Some(number) => one.user.id == number,
        None => one.user.name.eq_ignore_ascii_case(&wanted),
    });
    let found = found.ok_or(Refusal::NotFound)?;
    Ok(json(&UserJson::new(&found.user, found.seen_at)))
}

/// A new user.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct UserCreation {
    username: String,
    is_admin: bool,
}

/// Makes a user.
pub(super) async fn create(State(api): State<Api>, caller: Caller, Given(given): Given<UserCreation>) -> Answer {
    admins_only(&caller)?;
    let user = create_user(&api.app, &given.username, given.is_admin).await?;
    Ok(json_with(StatusCode::CREATED, &UserJson::new(&user, None)))
}

/// What of a user can be changed. Themes, gestures and the like are passed over.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct UserChange {
    is_admin: Option<bool>,
    language: Option<String>,
    timezone: Option<String>,
}

/// Changes a user: themselves, or anybody when an admin asks.
pub(super) async fn update(
    State(api): State<Api>,
    caller: Caller,
    Id(id): Id<UserId>,
    Given(given): Given<UserChange>,
) -> Answer {
    let is_self = id == caller.user.id;
    if !is_self && !caller.user.is_admin {
        return Err(Refusal::Forbidden);
    }
    let user = user(&api, id).await?;
    if let Some(is_admin) = given.is_admin.filter(|wish| *wish != user.is_admin) {
        if !caller.user.is_admin {
            return Err(Refusal::bad("only admins make admins"));
        }
        set_admin(&api.app, id, is_admin).await?;
    }
    if given.language.is_some() || given.timezone.is_some() {
        // `en_US` and `ja_JP`: the language is before the line.
        let language = given.language.as_deref().map(|name| name.split(['_', '-']).next().unwrap_or_default());
        let language = language.or(user.language.as_deref()).unwrap_or_default();
        let zone = given.timezone.as_deref().or(user.time_zone.as_deref()).unwrap_or_default();
        set_preferences(&api.app, id, language, zone).await?;
    }
    let user = self::user(&api, id).await?;
    Ok(json_with(StatusCode::CREATED, &UserJson::new(&user, None)))
}

/// Removes a user with all they have.
pub(super) async fn remove(State(api): State<Api>, caller: Caller, Id(id): Id<UserId>) -> Answer {
    admins_only(&caller)?;
    if id == caller.user.id {
        return Err(Refusal::bad("nobody removes themselves here; the page of the account does"));
    }
    delete_account(&api.app, id).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn user(api: &Api, id: UserId) -> Result<User, Refusal> {
    api.app.store.user(id).await?.ok_or(Refusal::NotFound)
}

fn admins_only(caller: &Caller) -> Result<(), Refusal> {
    if caller.user.is_admin { Ok(()) } else { Err(Refusal::Forbidden) }
}
