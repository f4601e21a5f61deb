//! `groups`: folders, and one group for what is in none, because some apps show only feeds that are in one.

use serde_json::{Map, Value, json};
use yomu_store::{Folder, Subscription, User};

use crate::api::categories::{Category, category_number};

/// Adds `groups` and `feeds_groups`.
pub(super) fn add(user: &User, feeds: &[Subscription], folders: Vec<Folder>, out: &mut Map<String, Value>) {
    let relations = feeds_groups(feeds);
    let groups: Vec<Value> = Category::all(user, folders, feeds)
        .into_iter()
        .enumerate()
        // The first is what is in none.
        .filter(|(index, one)| *index > 0 || one.feed_count > 0)
        .map(|(_, one)| json!({ "id": one.id, "title": one.title }))
        .collect();
    out.insert("groups".to_owned(), groups.into());
    out.insert("feeds_groups".to_owned(), relations);
}

/// Which feeds each group has; groups without feeds are left out.
pub(super) fn feeds_groups(feeds: &[Subscription]) -> Value {
    let mut groups = std::collections::BTreeMap::<i64, Vec<String>>::new();
    for feed in feeds {
        groups.entry(category_number(feed.folder_id)).or_default().push(feed.id.to_string());
    }
    groups.into_iter().map(|(group, feeds)| json!({ "group_id": group, "feed_ids": feeds.join(",") })).collect()
}
