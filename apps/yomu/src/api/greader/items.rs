//! `/stream/items/...`: the numbers of a stream, how many there are, and items by their numbers.

use axum::extract::State;
use axum::response::IntoResponse as _;
use serde::Serialize;
use yomu_model::ids::EntryId;

use super::contents::{StreamJson, part};
use super::item_id;
use super::item_json::ItemJson;
use super::stream::READING_LIST;
use super::stream_filter::filter;
use super::visit::{Answer, Visit, json};
use crate::api::Api;
use crate::api::limits::{IDS_MAX, READER_ITEMS_DEFAULT};

#[derive(Serialize)]
struct ItemRefs {
    #[serde(rename = "itemRefs")]
    item_refs: Vec<ItemRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    continuation: Option<String>,
}

#[derive(Serialize)]
struct ItemRef {
    id: String,
    #[serde(rename = "directStreamIds")]
    direct_stream_ids: [&'static str; 0],
    #[serde(rename = "timestampUsec")]
    timestamp_usec: String,
}

/// The numbers of a part of a stream. Their time is that of the list, for which no entry has to be read.
pub(super) async fn ids(State(api): State<Api>, visit: Visit) -> Answer {
    let filter = filter(&api.app, &visit, None).await?;
    let (places, continuation) = part(&api, &visit, &filter, READER_ITEMS_DEFAULT, IDS_MAX).await?;
    let refs = places.into_iter().map(|place| ItemRef {
        id: place.entry.to_string(),
        direct_stream_ids: [],
        timestamp_usec: place.at.saturating_mul(1000).to_string(),
    });
    Ok(json(&ItemRefs { item_refs: refs.collect(), continuation }))
}

/// How many items a stream has, as plain text.
pub(super) async fn count(State(api): State<Api>, visit: Visit) -> Answer {
    let filter = filter(&api.app, &visit, None).await?;
    Ok(api.app.store.filtered_count(visit.user.id, &filter).await?.to_string().into_response())
}

/// Items by their numbers, in any form; those that are not the user's are passed over.
pub(super) async fn contents(State(api): State<Api>, visit: Visit) -> Answer {
    let ids: Vec<EntryId> = visit.params.all("i").filter_map(item_id::read).take(IDS_MAX as usize).collect();
    let entries = api.app.store.entry_details(visit.user.id, &ids).await?;
    Ok(json(&StreamJson {
        direction: "ltr",
        id: READING_LIST,
        title: "",
        updated: api.app.now().as_second(),
        items: entries.iter().map(|entry| ItemJson::new(&visit.user, entry)).collect(),
        continuation: None,
    }))
}
