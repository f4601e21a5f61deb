//! `/edit-tag`: marks and stars.
//!
//! Labels on items are taken and forgotten: here labels are folders, which feeds are in. States that nothing has are
//! passed over, as apps send them along with what they mean.

use axum::extract::State;
use yomu_model::ids::EntryId;

use super::item_id;
use super::stream::Stream;
use super::visit::{Answer, Visit, done};
use crate::actions::mark::mark_entries;
use crate::actions::star::star_entries;
use crate::api::Api;
use crate::api::limits::IDS_MAX;

/// Adds and takes away states; numbers that are not the user's are passed over.
pub(super) async fn edit(State(api): State<Api>, visit: Visit) -> Answer {
    let ids: Vec<EntryId> = visit.params.all("i").filter_map(item_id::read).take(IDS_MAX as usize).collect();
    if ids.is_empty() {
        return Ok(done());
    }
    let user = visit.user.id;
    let (mut unread, mut starred) = (None, None);
    for (name, is_added) in [("r", false), ("a", true)] {
        for stream in visit.params.all(name).filter_map(Stream::read) {
            match stream {
                Stream::Read => unread = Some(!is_added),
                Stream::Unread => unread = Some(is_added),
                Stream::Starred => starred = Some(is_added),
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
    Ok(done())
}
