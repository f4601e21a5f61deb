//! `/stream/contents`: a stream with the texts of its items. Without a name it is everything (Fluent Reader, FeedMe).

use axum::extract::State;
use serde::Serialize;
use yomu_model::ids::EntryId;
use yomu_store::{EntryFilter, Order, Slice, SortKey};

use super::continuation;
use super::item_json::ItemJson;
use super::stream::READING_LIST;
use super::stream_filter::{filter, unescape};
use super::visit::{Answer, Refusal, Visit, json};
use crate::api::Api;
use crate::api::limits::{READER_ITEMS_DEFAULT, READER_ITEMS_MAX};

#[derive(Serialize)]
pub(super) struct StreamJson<'a> {
    pub(super) direction: &'static str,
    pub(super) id: &'a str,
    pub(super) title: &'static str,
    pub(super) updated: i64,
    pub(super) items: Vec<ItemJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) continuation: Option<String>,
}

/// Shows a part of a stream.
pub(super) async fn show(State(api): State<Api>, visit: Visit) -> Answer {
    const BEFORE: &str = "/stream/contents/";
    let in_path = visit.path.split_once(BEFORE).map(|(_, rest)| unescape(rest)).filter(|name| !name.is_empty());
    let filter = filter(&api.app, &visit, in_path.as_deref()).await?;
    let (places, continuation) = part(&api, &visit, &filter, READER_ITEMS_DEFAULT, READER_ITEMS_MAX).await?;
    let ids: Vec<EntryId> = places.iter().map(|place| place.entry).collect();
    let entries = api.app.store.entry_details(visit.user.id, &ids).await?;
    Ok(json(&StreamJson {
        direction: "ltr",
        id: in_path.as_deref().or_else(|| visit.params.first("s")).unwrap_or(READING_LIST),
        title: "",
        updated: api.app.now().as_second(),
        items: entries.iter().map(|entry| ItemJson::new(&visit.user, entry)).collect(),
        continuation,
    }))
}

/// The places of a part of a stream, and where the next begins. On the last part there is none: NetNewsWire goes on until
/// it is missing.
pub(super) async fn part(
    api: &Api,
    visit: &Visit,
    filter: &EntryFilter,
    default: u32,
    max: u32,
) -> Result<(Vec<yomu_store::Cursor>, Option<String>), Refusal> {
    let params = &visit.params;
    let limit = params.parsed::<u32>("n").filter(|n| *n > 0).unwrap_or(default).min(max);
    let slice = Slice {
        key: SortKey::Published,
        order: if params.first("r") == Some("o") { Order::Oldest } else { Order::Newest },
        after: params.first("c").and_then(continuation::read),
        limit: limit + 1,
        offset: 0,
    };
    let mut places = api.app.store.filtered_places(visit.user.id, filter, slice).await?;
    let has_more = places.len() > limit as usize;
    places.truncate(limit as usize);
    let next = places.last().filter(|_| has_more).map(|place| continuation::write(*place));
    Ok((places, next))
}
