//! All subscriptions, by folder.

use std::collections::HashMap;

use askama::Template;
use yomu_model::ids::{FolderId, IconId, SubscriptionId};
use yomu_store::{Folder, Subscription};

use super::{Frame, Message};
use crate::web::limits::REMEDIES_IN_FEEDS;
use crate::web::visit::Visit;

/// The page of all subscriptions.
#[derive(Template)]
#[template(path = "feeds.html")]
pub(in crate::web) struct FeedsView {
    pub(in crate::web) frame: Frame,
    pub(in crate::web) trouble: u32,
    pub(in crate::web) groups: Vec<Group>,
}

/// A folder with its feeds, or the feeds outside of any.
pub(in crate::web) struct Group {
    pub(in crate::web) folder: Option<Folder>,
    pub(in crate::web) feeds: Vec<FeedRow>,
}

/// What a row shows of a feed.
pub(in crate::web) struct FeedRow {
    pub(in crate::web) id: SubscriptionId,
    pub(in crate::web) title: String,
    pub(in crate::web) icon: Option<IconId>,
    pub(in crate::web) unread: u32,
    pub(in crate::web) is_troubled: bool,
    /// What is wrong and what helps; only of the first ones in trouble.
    pub(in crate::web) trouble_shown: Option<Message>,
}

impl FeedsView {
    /// The page: every folder, even an empty one, and then the feeds without.
    pub(in crate::web) fn new(frame: Frame, subscriptions: Vec<Subscription>, visit: &Visit) -> Self {
        let mut by_folder: HashMap<Option<FolderId>, Vec<FeedRow>> = HashMap::new();
        let mut shown = 0;
        for one in subscriptions {
            let mut row = FeedRow::new(&one);
            if row.is_troubled && shown < REMEDIES_IN_FEEDS {
                row.trouble_shown = Message::of_feed(&one, visit);
                shown += 1;
            }
            by_folder.entry(one.folder_id).or_default().push(row);
        }
        let places = frame.places.as_ref();
        let folders = places.map(|places| places.folders.clone()).unwrap_or_default();
        let mut groups: Vec<Group> = folders
            .into_iter()
            .map(|folder| {
                let feeds = by_folder.remove(&Some(folder.id)).unwrap_or_default();
                Group { folder: Some(folder), feeds }
            })
            .collect();
        // A folder that was removed between the two queries leaves its feeds here.
        let mut others: Vec<FeedRow> = by_folder.into_values().flatten().collect();
        others.sort_by_cached_key(|feed| feed.title.to_lowercase());
        if !others.is_empty() {
            groups.push(Group { folder: None, feeds: others });
        }
        Self { trouble: places.map_or(0, |places| places.trouble), frame, groups }
    }
}

impl FeedRow {
    fn new(one: &Subscription) -> Self {
        Self {
            id: one.id,
            title: one.title().to_owned(),
            icon: one.icon_id,
            unread: one.unread_count,
            is_troubled: one.is_troubled(),
            trouble_shown: None,
        }
    }
}
