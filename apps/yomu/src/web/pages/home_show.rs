//! `GET /`: to what is unread, or to the welcome when there is nothing at all.

use axum::extract::State;
use axum::response::Response;
use yomu_store::{Order, View};

use crate::web::Web;
use crate::web::error::WebError;
use crate::web::visit::{Visit, see_other};

/// Sends a reader on.
pub(in crate::web) async fn show(State(web): State<Web>, visit: Visit) -> Result<Response, WebError> {
    let store = &web.app.store;
    // Most readers have entries, and one of them is found without counting.
    let newest = store.entries(visit.user, View::All, Order::Newest, None, 1).await?;
    let is_new = newest.entries.is_empty() && store.subscriptions(visit.user).await?.is_empty();
    Ok(see_other(if is_new { "/welcome" } else { "/unread" }, visit.notice))
}
