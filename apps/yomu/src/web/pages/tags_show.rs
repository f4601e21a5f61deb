//! `GET /tags`: all tags, with how much has each.

use axum::extract::State;
use axum::response::Response;

use crate::web::Web;
use crate::web::error::WebError;
use crate::web::views::{Frame, Places, TagsView};
use crate::web::visit::Visit;

/// Shows the tags.
pub(in crate::web) async fn show(State(web): State<Web>, visit: Visit) -> Result<Response, WebError> {
    let (tags, places) = tokio::try_join!(web.app.store.tags(visit.user), Places::load(&web, &visit))?;
    let frame = Frame::new(&visit, visit.words.library.tags, places);
    visit.page(&TagsView::new(frame, tags, &visit))
}
