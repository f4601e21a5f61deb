//! `.../mark-all-as-read` of a feed, a category and everything.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use yomu_model::ids::{SubscriptionId, UserId};
use yomu_store::EntryFilter;

use super::category_feeds::must_exist;
use super::error::{Answer, Refusal};
use super::input::Id;
use crate::actions::mark::mark_filtered;
use crate::api::Api;
use crate::api::caller::Caller;
use crate::api::categories::folder_wish;
use crate::api::library;

/// Marks a feed read.
pub(super) async fn of_feed(State(api): State<Api>, caller: Caller, Id(id): Id<SubscriptionId>) -> Answer {
    library::feed(&api.app, caller.user.id, id).await?.ok_or(Refusal::NotFound)?;
    mark(&api, &caller, EntryFilter { feeds: Some(vec![id]), ..EntryFilter::default() }).await
}

/// Marks a category read.
pub(super) async fn of_category(State(api): State<Api>, caller: Caller, Id(id): Id<i64>) -> Answer {
    must_exist(&api, caller.user.id, id).await?;
    mark(&api, &caller, EntryFilter { folder: Some(folder_wish(id)), ..EntryFilter::default() }).await
}

/// Marks everything read; everybody only their own.
pub(super) async fn of_user(State(api): State<Api>, caller: Caller, Id(id): Id<UserId>) -> Answer {
    if id != caller.user.id {
        return Err(Refusal::Forbidden);
    }
    mark(&api, &caller, EntryFilter::default()).await
}

async fn mark(api: &Api, caller: &Caller, filter: EntryFilter) -> Answer {
    mark_filtered(&api.app, caller.user.id, &filter).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
