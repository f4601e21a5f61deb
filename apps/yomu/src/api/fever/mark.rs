//! `mark=item|feed|group&as=...&id=N` and `unread_recently_read=1`.

use serde_json::{Map, Value};
use yomu_model::ids::{EntryId, SubscriptionId};
use yomu_store::{EntryFilter, User};

use super::visit::Problem;
use super::{add_saved, add_unread};
use crate::actions::mark::{mark_entries, mark_filtered};
use crate::actions::star::star_entries;
use crate::api::Api;
use crate::api::categories::folder_wish;
use crate::api::params::Params;

/// Marks, and adds the list that changed. What makes no sense changes nothing.
pub(super) async fn mark(api: &Api, user: &User, params: &Params, out: &mut Map<String, Value>) -> Result<(), Problem> {
    let id = params.parsed::<i64>("id");
    match (params.first("mark").unwrap_or_default(), params.first("as").unwrap_or_default(), id) {
        ("item", "read" | "unread", Some(id)) => {
            let unread = params.first("as") == Some("unread");
            mark_entries(&api.app, user.id, &[EntryId::new(id)], unread).await?;
            add_unread(api, user, out).await
        }
        ("item", "saved" | "unsaved", Some(id)) => {
            let starred = params.first("as") == Some("saved");
            star_entries(&api.app, user.id, &[EntryId::new(id)], starred).await?;
            add_saved(api, user, out).await
        }
        ("feed", "read", Some(id)) => {
            let filter = EntryFilter { feeds: Some(vec![SubscriptionId::new(id)]), ..EntryFilter::default() };
            mark_before(api, user, params, filter, out).await
        }
        ("group", "read", Some(id)) => {
            let filter = match id {
                // "Kindling": everything.
                0 => EntryFilter::default(),
                // "Sparks", of which there are none.
                ..=-1 => return add_unread(api, user, out).await,
                id => EntryFilter { folder: Some(folder_wish(id)), ..EntryFilter::default() },
            };
            mark_before(api, user, params, filter, out).await
        }
        _ => Ok(()),
    }
}

/// Marks what had arrived at the moment `before`.
async fn mark_before(
    api: &Api,
    user: &User,
    params: &Params,
    filter: EntryFilter,
    out: &mut Map<String, Value>,
) -> Result<(), Problem> {
    let filter = EntryFilter { arrived_until: params.seconds("before"), ..filter };
    mark_filtered(&api.app, user.id, &filter).await?;
    add_unread(api, user, out).await
}
