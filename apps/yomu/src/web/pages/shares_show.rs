//! `GET /shares`: all public links.

use axum::extract::State;
use axum::response::Response;

use crate::web::Web;
use crate::web::error::WebError;
use crate::web::views::{Frame, Places, SharesView};
use crate::web::visit::Visit;

/// Shows the links.
pub(in crate::web) async fn show(State(web): State<Web>, visit: Visit) -> Result<Response, WebError> {
    let (shares, places) = tokio::try_join!(web.app.store.shares(visit.user, None), Places::load(&web, &visit))?;
    let frame = Frame::new(&visit, visit.words.library.shares, places);
    visit.page(&SharesView::new(frame, shares, &visit))
}
