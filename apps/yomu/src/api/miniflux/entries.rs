//! `/entries` and the entries of a feed or a category: reading.

use axum::extract::State;
use serde::Serialize;
use yomu_model::ids::{EntryId, SubscriptionId, UserId};
use yomu_store::{EntryDetails, EntryFilter, FilteredIds, Order, Slice, SortKey, StoreError, User};

use super::category_feeds::must_exist;
use super::entry_filter;
use super::entry_json::EntryJson;
use super::error::{Answer, Refusal};
use super::input::{Asked, Id, TwoIds, json, json_in};
use crate::api::Api;
use crate::api::caller::Caller;
use crate::api::categories::{category_number, folder_wish};
use crate::api::library;
use crate::api::limits::IDS_MAX;
use crate::api::params::Params;

/// What the JSON of an entry and its feed takes beside the entry's text, in bytes: 1.4 to 1.8 KB in the sample library.
const ROOM_BESIDE_TEXT: usize = 2048;

#[derive(Serialize)]
struct EntryList<'a> {
    total: u32,
    entries: Vec<EntryJson<'a>>,
}

#[derive(Serialize)]
struct EntryIds {
    total: u32,
    entry_ids: Vec<EntryId>,
}

/// Entries by any mixture of conditions.
pub(super) async fn all(State(api): State<Api>, caller: Caller, Asked(params): Asked) -> Answer {
    let (filter, slice) = entry_filter::read(&params, &caller.user)?;
    if let Some(feed) = filter.feeds.as_ref().and_then(|feeds| feeds.first()) {
        let known = library::feed(&api.app, caller.user.id, *feed).await?;
        known.ok_or_else(|| Refusal::bad("there is no such feed"))?;
    }
    if let Some(category) = params.parsed("category_id").filter(|number| *number > 0) {
        must_exist(&api, caller.user.id, category).await.map_err(|_| Refusal::bad("there is no such category"))?;
    }
    answer(&api, &caller.user, &filter, slice).await
}

/// The entries of a feed.
pub(super) async fn of_feed(
    State(api): State<Api>,
    caller: Caller,
    Id(id): Id<SubscriptionId>,
    Asked(params): Asked,
) -> Answer {
    library::feed(&api.app, caller.user.id, id).await?.ok_or(Refusal::NotFound)?;
    let (filter, slice) = entry_filter::read(&params, &caller.user)?;
    answer(&api, &caller.user, &EntryFilter { feeds: Some(vec![id]), ..filter }, slice).await
}

/// The entries of a category.
pub(super) async fn of_category(
    State(api): State<Api>,
    caller: Caller,
    Id(id): Id<i64>,
    Asked(params): Asked,
) -> Answer {
    must_exist(&api, caller.user.id, id).await?;
    let (filter, slice) = entry_filter::read(&params, &caller.user)?;
    answer(&api, &caller.user, &EntryFilter { folder: Some(folder_wish(id)), ..filter }, slice).await
}

/// The numbers of entries, the newest first.
pub(super) async fn ids(State(api): State<Api>, caller: Caller, Asked(params): Asked) -> Answer {
    let (unread, nothing) = entry_filter::status(&params)?;
    let filter =
        EntryFilter { unread, ids: nothing.then(Vec::new), starred: starred(&params)?, ..EntryFilter::default() };
    let limit = params.parsed::<u32>("limit").filter(|limit| (1..=IDS_MAX).contains(limit)).unwrap_or(IDS_MAX);
    let offset = params.parsed("offset").unwrap_or(0);
    let slice = Slice { key: SortKey::Id, order: Order::Newest, after: None, limit, offset };
    let found = api.app.store.filtered_ids(caller.user.id, &filter, slice).await?;
    Ok(json(&EntryIds { total: found.total, entry_ids: found.places.iter().map(|place| place.entry).collect() }))
}

fn starred(params: &Params) -> Result<Option<bool>, Refusal> {
    match params.first("starred") {
        None | Some("") => Ok(None),
        Some(_) => params.flag("starred").map(Some).ok_or_else(|| Refusal::bad("`starred` is `true` or `false`")),
    }
}

/// One entry.
pub(super) async fn show(State(api): State<Api>, caller: Caller, Id(id): Id<EntryId>) -> Answer {
    one(&api, &caller.user, id, |_, _| true).await
}

/// One entry, if it is of that feed.
pub(super) async fn one_of_feed(
    State(api): State<Api>,
    caller: Caller,
    TwoIds(feed, id): TwoIds<SubscriptionId, EntryId>,
) -> Answer {
    one(&api, &caller.user, id, |of, _| of == feed).await
}

/// One entry, if it is of that category.
pub(super) async fn one_of_category(
    State(api): State<Api>,
    caller: Caller,
    TwoIds(category, id): TwoIds<i64, EntryId>,
) -> Answer {
    one(&api, &caller.user, id, |_, of| of == category).await
}

/// An entry in JSON, if its feed and category are as wished.
pub(super) async fn one(api: &Api, user: &User, id: EntryId, wished: impl Fn(SubscriptionId, i64) -> bool) -> Answer {
    let entries = api.app.store.entry_details(user.id, &[id]).await?;
    let fits = |entry: &&EntryDetails| wished(entry.feed.id, category_number(entry.feed.folder_id));
    let entry = entries.first().filter(fits).ok_or(Refusal::NotFound)?;
    Ok(json(&EntryJson::new(user, entry)))
}

async fn answer(api: &Api, user: &User, filter: &EntryFilter, slice: Slice) -> Answer {
    let FilteredIds { places, total } = find(api, user.id, filter, slice).await?;
    let ids: Vec<EntryId> = places.iter().map(|place| place.entry).collect();
    let entries = api.app.store.entry_details(user.id, &ids).await?;
    let list = EntryList { total, entries: entries.iter().map(|entry| EntryJson::new(user, entry)).collect() };
    // Room for all of it at once: growing means copying. Quotes and line ends in a text take a few per cent more.
    let room = entries.iter().map(|entry| ROOM_BESIDE_TEXT + entry.html.len() * 17 / 16).sum();
    Ok(json_in(room, &list))
}

/// One part of a list, and how long the whole is. What apps ask for most is all that is unread, whose number is kept.
async fn find(api: &Api, user: UserId, filter: &EntryFilter, slice: Slice) -> Result<FilteredIds, StoreError> {
    let all_unread = EntryFilter { unread: Some(true), ..EntryFilter::default() };
    if *filter != all_unread {
        return api.app.store.filtered_ids(user, filter, slice).await;
    }
    let (total, _) = api.app.counts(user).await?;
    Ok(FilteredIds { places: api.app.store.filtered_places(user, filter, slice).await?, total })
}
