//! The shape of a category.

use serde::Serialize;
use yomu_store::User;

use crate::api::categories::{Category, category_number, outside_title};
use crate::api::library::Feed;

/// A category in JSON.
#[derive(Debug, Serialize)]
pub(super) struct CategoryJson<'a> {
    id: i64,
    title: &'a str,
    user_id: i64,
    hide_globally: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    feed_count: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    total_unread: Option<u32>,
}

impl<'a> CategoryJson<'a> {
    /// A category, with its numbers if they were asked for.
    pub(super) fn new(user: &User, category: &'a Category, with_counts: bool) -> Self {
        Self {
            id: category.id,
            title: &category.title,
            user_id: user.id.get(),
            hide_globally: false,
            feed_count: with_counts.then_some(category.feed_count),
            total_unread: with_counts.then_some(category.unread_count),
        }
    }

    /// The category of a feed.
    pub(super) fn of(user: &User, feed: Feed<'a>) -> Self {
        Self {
            id: category_number(feed.folder_id),
            title: feed.folder_title.unwrap_or(outside_title(user)),
            user_id: user.id.get(),
            hide_globally: false,
            feed_count: None,
            total_unread: None,
        }
    }
}
