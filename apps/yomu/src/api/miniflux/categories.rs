//! `/categories`: folders, and what is outside any.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use yomu_store::{FolderWish, User};

use super::category_json::CategoryJson;
use super::error::{Answer, Refusal};
use super::input::{Asked, Given, Id, json, json_with};
use crate::actions::folder::{create_folder, remove_folder, rename_folder};
use crate::api::Api;
use crate::api::caller::Caller;
use crate::api::categories::{Category, category_number, folder_wish};
use crate::api::library::feeds;

/// What can be said about a category. Nothing here is hidden from a list of everything.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct CategoryChange {
    title: Option<String>,
}

/// All categories by title, what is outside any first.
pub(super) async fn list(State(api): State<Api>, caller: Caller, Asked(params): Asked) -> Answer {
    let all = all(&api, &caller.user).await?;
    let with_counts = params.flag("counts").unwrap_or(false);
    Ok(json(&all.iter().map(|one| CategoryJson::new(&caller.user, one, with_counts)).collect::<Vec<_>>()))
}

/// Makes a category.
pub(super) async fn create(State(api): State<Api>, caller: Caller, Given(given): Given<CategoryChange>) -> Answer {
    let title = given.title.unwrap_or_default();
    let folder = create_folder(&api.app, caller.user.id, &title).await?;
    one(&api, &caller.user, category_number(Some(folder))).await
}

/// Gives a category another title.
pub(super) async fn update(
    State(api): State<Api>,
    caller: Caller,
    Id(id): Id<i64>,
    Given(given): Given<CategoryChange>,
) -> Answer {
    if let Some(title) = given.title {
        let FolderWish::In(folder) = folder_wish(id) else { return Err(outside()) };
        rename_folder(&api.app, caller.user.id, folder, &title).await?;
    }
    one(&api, &caller.user, id).await
}

/// Removes a category. Its feeds stay, which Miniflux would remove with it.
pub(super) async fn remove(State(api): State<Api>, caller: Caller, Id(id): Id<i64>) -> Answer {
    let FolderWish::In(folder) = folder_wish(id) else { return Err(outside()) };
    remove_folder(&api.app, caller.user.id, folder).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn outside() -> Refusal {
    Refusal::bad("this category stands for feeds without a folder; it can be neither renamed nor removed")
}

async fn all(api: &Api, user: &User) -> Result<Vec<Category>, Refusal> {
    let (folders, feeds) = tokio::try_join!(api.app.store.folders(user.id), feeds(&api.app, user.id))?;
    Ok(Category::all(user, folders, &feeds))
}

async fn one(api: &Api, user: &User, id: i64) -> Result<Response, Refusal> {
    let all = all(api, user).await?;
    let category = all.iter().find(|one| one.id == id).ok_or(Refusal::NotFound)?;
    Ok(json_with(StatusCode::CREATED, &CategoryJson::new(user, category, false)))
}
