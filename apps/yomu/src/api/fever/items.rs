//! `items`: fifty at a time, by number.

use serde_json::{Map, Value, json};
use yomu_model::ids::{EntryId, SubscriptionId};
use yomu_store::{EntryDetails, EntryFilter, Order, Slice, SortKey, User};

use super::visit::Problem;
use crate::api::Api;
use crate::api::categories::category_number;
use crate::api::library;
use crate::api::limits::FEVER_ITEMS_MAX;
use crate::api::params::Params;

/// Adds `items` and `total_items`.
pub(super) async fn add(api: &Api, user: &User, params: &Params, out: &mut Map<String, Value>) -> Result<(), Problem> {
    let store = &api.app.store;
    let ids = if params.has("with_ids") {
        numbers(params, "with_ids").into_iter().take(FEVER_ITEMS_MAX as usize).map(EntryId::new).collect()
    } else {
        let (filter, order) = wanted(api, user, params).await?;
        let places = store.filtered_places(user.id, &filter, slice(SortKey::Id, order, FEVER_ITEMS_MAX)).await?;
        places.into_iter().map(|place| place.entry).collect::<Vec<_>>()
    };
    let entries = store.entry_details(user.id, &ids).await?;
    let total = store.filtered_count(user.id, &EntryFilter::default()).await?;
    out.insert("total_items".to_owned(), total.into());
    out.insert("items".to_owned(), entries.iter().map(shape).collect());
    Ok(())
}

/// What comes after `since_id`, or before `max_id`, of which 0 means the newest; FreshRSS also knows feeds and groups.
async fn wanted(api: &Api, user: &User, params: &Params) -> Result<(EntryFilter, Order), Problem> {
    let mut filter = EntryFilter::default();
    let mut order = Order::Oldest;
    if let Some(since) = params.parsed::<i64>("since_id") {
        filter.id_after = Some(EntryId::new(since));
    } else if params.has("max_id") {
        order = Order::Newest;
        let max = params.parsed::<i64>("max_id").filter(|max| *max > 0);
        filter.id_before = max.map(EntryId::new);
    }
    let mut feeds: Vec<SubscriptionId> = numbers(params, "feed_ids").into_iter().map(SubscriptionId::new).collect();
    let groups = numbers(params, "group_ids");
    if !groups.is_empty() {
        let all = library::feeds(&api.app, user.id).await?;
        feeds.extend(all.iter().filter(|one| groups.contains(&category_number(one.folder_id))).map(|one| one.id));
    }
    if params.has("feed_ids") || params.has("group_ids") {
        filter.feeds = Some(feeds);
    }
    Ok((filter, order))
}

/// The beginning of a list.
pub(super) fn slice(key: SortKey, order: Order, limit: u32) -> Slice {
    Slice { key, order, after: None, limit, offset: 0 }
}

/// Numbers joined by commas; what is none is passed over.
fn numbers(params: &Params, name: &str) -> Vec<i64> {
    let text = params.first(name).unwrap_or_default();
    text.split(',').filter_map(|number| number.trim().parse().ok()).collect()
}

fn shape(entry: &EntryDetails) -> Value {
    json!({
        "id": entry.id,
        "feed_id": entry.feed.id,
        "title": entry.title,
        "author": entry.author,
        "html": entry.html,
        "url": entry.url,
        "is_saved": i32::from(entry.starred),
        "is_read": i32::from(!entry.unread),
        "created_on_time": entry.listed_at.as_second(),
    })
}
