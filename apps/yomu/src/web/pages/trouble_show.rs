//! `GET /trouble`: what is wrong with which feed, and what can be done.

use axum::extract::State;
use axum::response::Response;

use crate::web::Web;
use crate::web::error::WebError;
use crate::web::views::{Frame, Places, TroubleView};
use crate::web::visit::Visit;

/// Shows the feeds that fail.
pub(in crate::web) async fn show(State(web): State<Web>, visit: Visit) -> Result<Response, WebError> {
    let (subscriptions, places) =
        tokio::try_join!(web.app.store.subscriptions(visit.user), Places::load(&web, &visit))?;
    let frame = Frame::new(&visit, visit.words.trouble_title, places);
    visit.page(&TroubleView::new(frame, subscriptions, &visit))
}
