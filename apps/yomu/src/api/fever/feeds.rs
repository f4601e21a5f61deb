//! `feeds`.

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use yomu_store::{Subscription, User};

use super::groups::feeds_groups;
use crate::api::library::Feed;

/// Adds `feeds` and `feeds_groups`.
pub(super) fn add(user: &User, feeds: &[Subscription], out: &mut Map<String, Value>) {
    let shapes = feeds.iter().map(|subscription| {
        let feed = Feed::from(subscription);
        json!({
            "id": feed.id,
            "favicon_id": feed.icon_id.map_or(0, yomu_model::ids::IconId::get),
            "title": feed.title(user),
            "url": feed.url,
            "site_url": feed.site_url,
            "is_spark": 0,
            "last_updated_on_time": subscription.health.checked_at.map_or(0, Timestamp::as_second),
        })
    });
    out.insert("feeds".to_owned(), shapes.collect());
    out.insert("feeds_groups".to_owned(), feeds_groups(feeds));
}
