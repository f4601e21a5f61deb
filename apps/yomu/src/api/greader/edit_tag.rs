//! `/edit-tag`: marks, stars and tags.
//!
//! A label on an item is a tag of the reader's. Where a folder has its name, it is passed over: items are in folders by
//! their feeds. So are states that nothing has, as apps send them along with what they mean.

use axum::extract::State;
use yomu_model::ids::EntryId;

use super::item_id;
use super::stream::Stream;
use super::visit::{Answer, Visit, done};
use crate::actions::mark::mark_entries;
use crate::actions::star::star_entries;
use crate::actions::tag::tag_entries;
use crate::api::Api;
use crate::api::limits::{IDS_MAX, LABELS_MAX};

/// Adds and takes away states; numbers that are not the user's are passed over.
pub(super) async fn edit(State(api): State<Api>, visit: Visit) -> Answer {
    let ids: Vec<EntryId> = visit.params.all("i").filter_map(item_id::read).take(IDS_MAX as usize).collect();
    if ids.is_empty() {
        return Ok(done());
    }
    let user = visit.user.id;
    let (mut unread, mut starred, mut labels) = (None, None, Vec::new());
    for (name, is_added) in [("r", false), ("a", true)] {
        for stream in visit.params.all(name).filter_map(Stream::read) {
            match stream {
                Stream::Read => unread = Some(!is_added),
                Stream::Unread => unread = Some(is_added),
                Stream::Starred => starred = Some(is_added),
                Stream::Label(name) if labels.len() < LABELS_MAX => labels.push((name, is_added)),
                _ => {}
            }
        }
    }
    if let Some(unread) = unread {
        mark_entries(&api.app, user, &ids, unread).await?;
    }
    if let Some(starred) = starred {
        star_entries(&api.app, user, &ids, starred).await?;
    }
    if !labels.is_empty() {
        let folders = api.app.store.folders(user).await?;
        labels.retain(|(name, _)| folders.iter().all(|folder| folder.title != *name));
    }
    for (name, is_added) in labels {
        tag_entries(&api.app, user, &ids, &name, is_added).await?;
    }
    Ok(done())
}
