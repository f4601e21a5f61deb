//! `POST /discover`: the feeds of a page.

use axum::extract::State;
use serde::Deserialize;
use serde_json::json;
use yomu_model::secret::Secret;
use yomu_store::Credentials;

use super::error::{Answer, Refusal};
use super::input::{Given, json};
use crate::actions::add_feed::discover_feeds;
use crate::api::Api;
use crate::api::caller::Caller;

/// Where to look.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Discovery {
    url: String,
    username: Option<String>,
    password: Option<String>,
}

/// Looks at a page and lists its feeds.
pub(super) async fn discover(State(api): State<Api>, _: Caller, Given(given): Given<Discovery>) -> Answer {
    let username = given.username.filter(|name| !name.is_empty());
    let credentials =
        username.map(|username| Credentials { username, password: Secret::new(given.password.unwrap_or_default()) });
    let found = discover_feeds(&api.app, &given.url, credentials.as_ref()).await?;
    if found.is_empty() {
        return Err(Refusal::NotFound);
    }
    let found: Vec<_> =
        found.iter().map(|feed| json!({ "url": feed.url, "title": feed.title, "type": feed.format })).collect();
    Ok(json(&found))
}
