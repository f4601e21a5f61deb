//! `PUT /feeds/{id}`: any part of a feed's settings.

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use yomu_model::ids::SubscriptionId;
use yomu_model::secret::Secret;

use super::category_feeds::must_exist;
use super::error::{Answer, Refusal};
use super::feed_json::FeedJson;
use super::input::{Given, Id, json_with};
use crate::actions::change_feed::{FeedChange, change_feed_partly};
use crate::api::Api;
use crate::api::caller::Caller;
use crate::api::categories::folder_wish;
use crate::api::library;

/// What of a feed can be changed. Rules, proxies and the like are passed over.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Change {
    feed_url: Option<String>,
    title: Option<String>,
    category_id: Option<i64>,
    crawler: Option<bool>,
    username: Option<String>,
    password: Option<String>,
}

/// Changes what is given. An empty password keeps the present one: it is never shown, so apps send it back empty.
pub(super) async fn update(
    State(api): State<Api>,
    caller: Caller,
    Id(id): Id<SubscriptionId>,
    Given(given): Given<Change>,
) -> Answer {
    let user = &caller.user;
    if let Some(category) = given.category_id.filter(|number| *number > 0) {
        must_exist(&api, user.id, category).await.map_err(|_| Refusal::bad("there is no such category"))?;
    }
    let folder = given.category_id.filter(|number| *number > 0).map(folder_wish);
    let change = FeedChange {
        address: given.feed_url.filter(|url| !url.trim().is_empty()),
        title: given.title,
        folder,
        full_text: given.crawler,
        username: given.username,
        password: given.password.filter(|password| !password.is_empty()).map(Secret::new),
    };
    change_feed_partly(&api.app, user.id, id, change).await?;
    let feed = library::feed(&api.app, user.id, id).await?.ok_or(Refusal::NotFound)?;
    Ok(json_with(StatusCode::CREATED, &FeedJson::new(user, &feed, api.app.now())))
}
