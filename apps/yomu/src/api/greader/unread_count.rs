//! `/unread-count`: of every feed, every label and everything.

use std::collections::BTreeMap;

use axum::extract::State;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::stream::{READING_LIST, feed_name, label_name};
use super::visit::{Answer, Visit, json};
use crate::api::{Api, library};

#[derive(Default, Clone, Copy)]
struct Unread {
    count: u32,
    newest: Option<Timestamp>,
}

impl Unread {
    fn add(&mut self, other: Self) {
        self.count += other.count;
        self.newest = self.newest.max(other.newest);
    }

    fn json(self, id: &str) -> Value {
        let newest = self.newest.map_or(0, Timestamp::as_microsecond);
        json!({ "id": id, "count": self.count, "newestItemTimestampUsec": newest.to_string() })
    }
}

/// The numbers are kept, none is counted here.
pub(super) async fn show(State(api): State<Api>, visit: Visit) -> Answer {
    let feeds = library::feeds(&api.app, visit.user.id).await?;
    let (mut all, mut labels, mut counts) = (Unread::default(), BTreeMap::<&str, Unread>::new(), Vec::new());
    for feed in &feeds {
        let unread = Unread { count: feed.unread_count, newest: feed.health.changed_at };
        all.add(unread);
        if let Some(label) = feed.folder_title.as_deref() {
            labels.entry(label).or_default().add(unread);
        }
        counts.push(unread.json(&feed_name(feed.id)));
    }
    counts.extend(labels.into_iter().map(|(label, unread)| unread.json(&label_name(label))));
    counts.push(all.json(READING_LIST));
    Ok(json(&json!({ "max": all.count, "unreadcounts": counts })))
}
