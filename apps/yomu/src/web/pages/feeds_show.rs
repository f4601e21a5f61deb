//! `GET /feeds`: all subscriptions, by folder.

use axum::extract::State;
use axum::response::Response;

use crate::web::Web;
use crate::web::error::WebError;
use crate::web::views::{FeedsView, Frame, Places};
use crate::web::visit::Visit;

/// Shows the subscriptions.
pub(in crate::web) async fn show(State(web): State<Web>, visit: Visit) -> Result<Response, WebError> {
    let (subscriptions, places) =
        tokio::try_join!(web.app.store.subscriptions(visit.user), Places::load(&web, &visit))?;
    let frame = Frame::new(&visit, visit.words.feeds, places);
    visit.page(&FeedsView::new(frame, subscriptions, &visit))
}
