//! `POST /feeds`: subscribes.

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::json;
use yomu_model::secret::Secret;
use yomu_store::{Credentials, FolderWish};

use super::error::{Answer, Refusal};
use super::input::{Given, json_with};
use crate::actions::add_feed::{AddFeed, Added, add_feed};
use crate::actions::change_feed::{FeedChange, change_feed_partly};
use crate::api::Api;
use crate::api::caller::Caller;
use crate::api::categories::folder_wish;

/// What to subscribe to. Rules, proxies and the like are passed over.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct FeedCreation {
    feed_url: String,
    category_id: Option<i64>,
    username: Option<String>,
    password: Option<String>,
    crawler: Option<bool>,
}

/// Subscribes to a feed, or to the only feed of a page.
pub(super) async fn create(State(api): State<Api>, caller: Caller, Given(given): Given<FeedCreation>) -> Answer {
    let user = caller.user.id;
    if given.feed_url.trim().is_empty() {
        return Err(Refusal::bad("`feed_url` is missing"));
    }
    let folder = match folder_wish(given.category_id.unwrap_or(0)) {
        FolderWish::Outside => None,
        FolderWish::In(folder) => match api.app.store.folder(user, folder).await? {
            Some(folder) => Some(folder.title),
            None => return Err(Refusal::bad("there is no such category")),
        },
    };
    let username = given.username.filter(|name| !name.is_empty());
    let credentials =
        username.map(|username| Credentials { username, password: Secret::new(given.password.unwrap_or_default()) });
    let add = AddFeed { address: &given.feed_url, folder: folder.as_deref(), credentials };
    let id = match add_feed(&api.app, user, add).await? {
        Added::Subscribed { id, is_new: true } => id,
        Added::Subscribed { is_new: false, .. } => return Err(Refusal::bad("this feed already exists")),
        Added::Choose(choices) => {
            let urls: Vec<String> = choices.into_iter().map(|choice| choice.url).collect();
            return Err(Refusal::bad(format!("the page has several feeds, choose one: {}", urls.join(" "))));
        }
    };
    if given.crawler == Some(true) {
        change_feed_partly(&api.app, user, id, FeedChange { full_text: Some(true), ..FeedChange::default() }).await?;
    }
    Ok(json_with(StatusCode::CREATED, &json!({ "feed_id": id })))
}
