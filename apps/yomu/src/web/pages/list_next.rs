//! `GET /next`: from a list that is read to the next one with something unread, in the order of `/feeds`.

use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;
use yomu_store::{Order, StoreError, View};

use crate::web::Web;
use crate::web::error::WebError;
use crate::web::list_name::ListName;
use crate::web::visit::{Visit, see_other};

/// Where the reader is.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in crate::web) struct NextQuery {
    list: String,
}

/// Leads to the next list; to everything unread where there is no other.
pub(in crate::web) async fn next(
    State(web): State<Web>,
    visit: Visit,
    Query(query): Query<NextQuery>,
) -> Result<Response, WebError> {
    let here = query.list.parse().unwrap_or(ListName { view: View::Unread, order: Order::Newest });
    let view = next_view(&web, &visit, here.view).await?.unwrap_or(View::Unread);
    Ok(see_other(&ListName { view, ..here }.path(), None))
}

async fn next_view(web: &Web, visit: &Visit, view: View) -> Result<Option<View>, StoreError> {
    let store = &web.app.store;
    match view {
        View::Feed { id, .. } => {
            let mut feeds = store.subscriptions(visit.user).await?;
            // As on the page of feeds: those outside of any folder come last.
            feeds.sort_by_key(|feed| feed.folder_id.is_none());
            let next = behind(feeds, |feed| feed.id == id, |feed| feed.unread_count > 0);
            Ok(next.map(|feed| View::Feed { id: feed.id, unread_only: true }))
        }
        View::Folder { id, .. } => {
            let folders = store.folders(visit.user).await?;
            let next = behind(folders, |folder| folder.id == id, |folder| folder.unread_count > 0);
            Ok(next.map(|folder| View::Folder { id: folder.id, unread_only: true }))
        }
        _ => Ok(None),
    }
}

/// The first wanted one behind the current one, going round once.
fn behind<T>(mut all: Vec<T>, is_current: impl Fn(&T) -> bool, is_wanted: impl Fn(&T) -> bool) -> Option<T> {
    let here = all.iter().position(&is_current)?;
    all.rotate_left(here + 1);
    all.pop();
    all.into_iter().find(is_wanted)
}

#[cfg(test)]
mod tests {
    use super::behind;

    #[test]
    fn the_next_one_is_behind_and_then_from_the_beginning() {
        let next = |here, wanted: &[i32]| behind(vec![1, 2, 3, 4], |one| *one == here, |one| wanted.contains(one));
        assert_eq!(next(2, &[1, 2, 4]), Some(4));
        assert_eq!(next(4, &[1, 2, 4]), Some(1));
        assert_eq!(next(2, &[2]), None, "not the one that is read");
        assert_eq!(next(9, &[1]), None);
    }
}
