//! `/categories/{id}/feeds` and `/categories/{id}/refresh`.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use yomu_model::ids::UserId;
use yomu_store::{FolderWish, Subscription};

use super::error::{Answer, Refusal};
use super::feed_json::FeedJson;
use super::input::{Id, json};
use crate::actions::refresh_now::refresh_some;
use crate::api::Api;
use crate::api::caller::Caller;
use crate::api::categories::{category_number, folder_wish};
use crate::api::library::feeds;

/// The feeds of a category.
pub(super) async fn list(State(api): State<Api>, caller: Caller, Id(id): Id<i64>) -> Answer {
    let feeds = in_category(&api, caller.user.id, id).await?;
    let now = api.app.now();
    Ok(json(&feeds.iter().map(|feed| FeedJson::new(&caller.user, feed, now)).collect::<Vec<_>>()))
}

/// Makes the feeds of a category due; they are fetched in the background.
pub(super) async fn refresh(State(api): State<Api>, caller: Caller, Id(id): Id<i64>) -> Answer {
    let feeds = in_category(&api, caller.user.id, id).await?;
    refresh_some(&api.app, caller.user.id, feeds.into_iter().map(|feed| feed.id).collect()).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn in_category(api: &Api, user: UserId, id: i64) -> Result<Vec<Subscription>, Refusal> {
    must_exist(api, user, id).await?;
    let mut feeds = feeds(&api.app, user).await?;
    feeds.retain(|feed| category_number(feed.folder_id) == id);
    Ok(feeds)
}

/// Refuses a category that is not the user's.
pub(super) async fn must_exist(api: &Api, user: UserId, id: i64) -> Result<(), Refusal> {
    match folder_wish(id) {
        FolderWish::Outside => Ok(()),
        FolderWish::In(folder) => api.app.store.folder(user, folder).await?.map(drop).ok_or(Refusal::NotFound),
    }
}
