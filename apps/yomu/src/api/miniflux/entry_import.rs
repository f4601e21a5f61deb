//! `POST /feeds/{id}/entries/import`: an entry that an app brings along.

use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;
use yomu_model::ids::SubscriptionId;
use yomu_store::Marks;

use super::error::{Answer, Refusal};
use super::input::{Given, Id, json_with};
use crate::actions::import_entry::{ImportEntry, import_entry};
use crate::api::Api;
use crate::api::caller::Caller;

/// The entry.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct EntryImport {
    url: String,
    title: String,
    content: String,
    author: String,
    comments_url: String,
    published_at: i64,
    status: Option<String>,
    starred: bool,
    tags: Vec<String>,
    external_id: String,
}

/// Puts an entry into a feed, for its user alone.
pub(super) async fn import(
    State(api): State<Api>,
    caller: Caller,
    Id(feed): Id<SubscriptionId>,
    Given(given): Given<EntryImport>,
) -> Answer {
    let unread = match given.status.as_deref() {
        None | Some("" | "read") => false,
        Some("unread") => true,
        Some(other) => return Err(Refusal::bad(format!("`{other}` is no status; there are `read` and `unread`"))),
    };
    if given.url.trim().is_empty() {
        return Err(Refusal::bad("`url` is missing"));
    }
    let import = ImportEntry {
        url: &given.url,
        title: &given.title,
        html: &given.content,
        author: &given.author,
        comments_url: &given.comments_url,
        published_at: (given.published_at > 0).then(|| Timestamp::from_second(given.published_at).ok()).flatten(),
        tags: &given.tags,
        external_id: &given.external_id,
        marks: Marks { unread, starred: given.starred },
    };
    let (id, is_new) = import_entry(&api.app, caller.user.id, feed, import).await?;
    Ok(json_with(if is_new { StatusCode::CREATED } else { StatusCode::OK }, &json!({ "id": id })))
}
