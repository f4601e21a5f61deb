//! The Fever API: one address, everything in one answer, always 200.
//!
//! An answer has what the request asked for, all of it: Fluent Reader asks for several things at once. Writes are
//! absolute, so a repeated one changes nothing, and are answered with the new list of unread or saved items, as
//! FreshRSS does.

mod favicons;
mod feeds;
mod groups;
mod items;
mod mark;
mod visit;

use axum::Router;
use axum::extract::State;
use axum::routing::any;
use serde_json::{Map, Value, json};
use yomu_store::{EntryFilter, User};

use super::Api;
use super::limits::FEVER_IDS_MAX;
use visit::{Answered, Call, Problem};

/// The address as Fever had it, as FreshRSS has it, and as people type it.
pub(super) fn router() -> Router<Api> {
    let paths = ["/fever", "/fever/", "/api/fever.php", "/fever/fever.php", "/fever/index.php"];
    paths.into_iter().fold(Router::new(), |router, path| router.route(path, any(answer)))
}

async fn answer(State(api): State<Api>, call: Call) -> Answered {
    let Some(user) = &call.user else { return Ok(visit::json(&json!({ "api_version": 3, "auth": 0 }))) };
    let mut out = Map::new();
    out.insert("api_version".to_owned(), 3.into());
    out.insert("auth".to_owned(), 1.into());
    let feeds = super::library::feeds(&api.app, user.id).await?;
    let newest = feeds.iter().filter_map(|feed| feed.health.checked_at).max();
    out.insert("last_refreshed_on_time".to_owned(), newest.map_or(0, jiff::Timestamp::as_second).into());
    if call.params.has("mark") || call.params.has("unread_recently_read") {
        mark::mark(&api, user, &call.params, &mut out).await?;
    }
    if call.params.has("groups") {
        groups::add(user, &feeds, api.app.store.folders(user.id).await?, &mut out);
    }
    if call.params.has("feeds") {
        feeds::add(user, &feeds, &mut out);
    }
    if call.params.has("favicons") {
        favicons::add(&api, user, &feeds, &mut out).await?;
    }
    if call.params.has("items") {
        items::add(&api, user, &call.params, &mut out).await?;
    }
    if call.params.has("links") {
        out.insert("links".to_owned(), json!([]));
    }
    if call.params.has("unread_item_ids") {
        add_unread(&api, user, &mut out).await?;
    }
    if call.params.has("saved_item_ids") {
        add_saved(&api, user, &mut out).await?;
    }
    Ok(visit::json(&Value::Object(out)))
}

/// The numbers of all unread items.
async fn add_unread(api: &Api, user: &User, out: &mut Map<String, Value>) -> Result<(), Problem> {
    let filter = EntryFilter { unread: Some(true), ..EntryFilter::default() };
    out.insert("unread_item_ids".to_owned(), numbers(api, user, &filter).await?);
    Ok(())
}

/// The numbers of all starred items.
async fn add_saved(api: &Api, user: &User, out: &mut Map<String, Value>) -> Result<(), Problem> {
    let filter = EntryFilter { starred: Some(true), ..EntryFilter::default() };
    out.insert("saved_item_ids".to_owned(), numbers(api, user, &filter).await?);
    Ok(())
}

/// Numbers joined by commas, in a text also when there are none.
async fn numbers(api: &Api, user: &User, filter: &EntryFilter) -> Result<Value, Problem> {
    let slice = items::slice(yomu_store::SortKey::Published, yomu_store::Order::Newest, FEVER_IDS_MAX);
    let places = api.app.store.filtered_places(user.id, filter, slice).await?;
    Ok(places.iter().map(|place| place.entry.to_string()).collect::<Vec<_>>().join(",").into())
}
