//! Changing entries: marks, stars, other words, and out of sight.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use serde::Deserialize;
use yomu_model::ids::EntryId;

use super::entry_json::EntryJson;
use super::error::{Answer, Refusal};
use super::input::{Given, Id, json_with};
use crate::actions::mark::mark_entries;
use crate::actions::remove_entry::remove_entry;
use crate::actions::rewrite_entry::{NewWords, rewrite_entry};
use crate::actions::star::{star_entries, toggle_star as toggle};
use crate::api::Api;
use crate::api::caller::Caller;
use crate::trouble::ActionError;

/// Marks for many entries.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct EntriesChange {
    entry_ids: Vec<i64>,
    status: Option<String>,
    starred: Option<bool>,
}

/// Marks entries. Numbers that are not the user's are passed over, as in Miniflux.
pub(super) async fn mark(State(api): State<Api>, caller: Caller, Given(given): Given<EntriesChange>) -> Answer {
    let user = caller.user.id;
    if given.entry_ids.is_empty() {
        return Err(Refusal::bad("`entry_ids` lists no entries"));
    }
    let unread = match given.status.as_deref().filter(|status| !status.is_empty()) {
        None => None,
        Some("unread") => Some(true),
        Some("read") => Some(false),
        Some(other) => return Err(Refusal::bad(format!("`{other}` is no status; there are `read` and `unread`"))),
    };
    if unread.is_none() && given.starred.is_none() {
        return Err(Refusal::bad("neither `status` nor `starred` is given"));
    }
    let entries: Vec<EntryId> = given.entry_ids.into_iter().map(EntryId::new).collect();
    if let Some(unread) = unread {
        mark_entries(&api.app, user, &entries, unread).await?;
    }
    if let Some(starred) = given.starred {
        star_entries(&api.app, user, &entries, starred).await?;
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Stars an entry, or takes the star away.
pub(super) async fn toggle_star(State(api): State<Api>, caller: Caller, Id(id): Id<EntryId>) -> Answer {
    toggle(&api.app, caller.user.id, id).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Takes the star away.
pub(super) async fn unstar(State(api): State<Api>, caller: Caller, Id(id): Id<EntryId>) -> Answer {
    match star_entries(&api.app, caller.user.id, &[id], false).await? {
        0 => Err(Refusal::NotFound),
        _ => Ok(StatusCode::NO_CONTENT.into_response()),
    }
}

/// Hides an entry. Pages have a button that takes it back for a day.
pub(super) async fn remove(State(api): State<Api>, caller: Caller, Id(id): Id<EntryId>) -> Answer {
    remove_entry(&api.app, caller.user.id, id).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// New words for an entry.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct EntryChange {
    title: Option<String>,
    content: Option<String>,
}

/// Gives an entry another title or text. One that others have, too, cannot be rewritten: entries are stored once.
pub(super) async fn rewrite(
    State(api): State<Api>,
    caller: Caller,
    Id(id): Id<EntryId>,
    Given(given): Given<EntryChange>,
) -> Answer {
    let is_empty = |text: &Option<String>| text.as_ref().is_some_and(|text| text.trim().is_empty());
    if is_empty(&given.title) || is_empty(&given.content) {
        return Err(Refusal::bad("neither `title` nor `content` may be empty"));
    }
    let words = NewWords { title: given.title, html: given.content };
    match rewrite_entry(&api.app, caller.user.id, id, words).await {
        Err(ActionError::Trouble(trouble)) if trouble.kind == "shared_entry" => return Err(Refusal::Forbidden),
        done => done?,
    }
    let entries = api.app.store.entry_details(caller.user.id, &[id]).await?;
    let entry = entries.first().ok_or(Refusal::NotFound)?;
    Ok(json_with(StatusCode::CREATED, &EntryJson::new(&caller.user, entry)))
}
