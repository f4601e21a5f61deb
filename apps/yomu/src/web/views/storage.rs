//! What is kept, and what will be deleted when.

use askama::Template;
use yomu_store::Kept;

use super::Frame;
use crate::actions::undo::Undo;
use crate::limits::{REMOVED_FOR, SESSION_IDLE};
use crate::web::visit::Visit;

/// The page about storage.
#[derive(Template)]
#[template(path = "storage.html")]
pub(in crate::web) struct StorageView {
    pub(in crate::web) frame: Frame,
    pub(in crate::web) facts: Vec<(&'static str, String)>,
    pub(in crate::web) rules: Vec<String>,
    pub(in crate::web) removed_entries: Option<String>,
    pub(in crate::web) removed_feeds: Vec<RemovedRow>,
}

/// A subscription that ended and can be brought back.
pub(in crate::web) struct RemovedRow {
    pub(in crate::web) title: String,
    pub(in crate::web) until: String,
    pub(in crate::web) undo: String,
}

impl StorageView {
    pub(in crate::web) fn new(frame: Frame, kept: Kept, visit: &Visit) -> Self {
        let words = visit.words;
        let until = |removed_at: jiff::Timestamp| {
            let time = removed_at.checked_add(REMOVED_FOR).unwrap_or(removed_at);
            (words.library.deleted_at)(&(words.moment)(time, &visit.zone))
        };
        let number = crate::web::words::grouped;
        let facts = vec![
            (words.feeds, number(kept.feeds)),
            (words.library.kept_entries, number(kept.entries)),
            (words.saved, number(kept.saved_pages)),
            (words.starred, number(kept.starred)),
            (words.library.highlights, number(kept.highlights)),
        ];
        let hours = u32::try_from(REMOVED_FOR.as_secs() / 3600).unwrap_or(u32::MAX);
        let days = u32::try_from(SESSION_IDLE.as_hours() / 24).unwrap_or(u32::MAX);
        let rules = vec![
            words.library.retention_read.to_owned(),
            (words.library.retention_removed)(hours),
            words.library.retention_unsubscribed.to_owned(),
            (words.library.retention_devices)(days),
        ];
        let removed_feeds = kept.removed_feeds.into_iter().map(|feed| RemovedRow {
            title: feed.title,
            until: until(feed.removed_at),
            undo: Undo::Unsubscribe { id: feed.id, at: feed.removed_at }.to_string(),
        });
        Self {
            facts,
            rules,
            removed_entries: kept
                .removed_first
                .filter(|_| kept.removed_entries > 0)
                .map(|first| format!("{} · {}", (words.library.removed_entries)(kept.removed_entries), until(first))),
            removed_feeds: removed_feeds.collect(),
            frame,
        }
    }
}
