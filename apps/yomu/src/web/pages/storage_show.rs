//! `GET /storage`: what is kept, and what will be deleted when.

use axum::extract::State;
use axum::response::Response;

use crate::web::Web;
use crate::web::error::WebError;
use crate::web::views::{Frame, Places, StorageView};
use crate::web::visit::Visit;

/// Shows it.
pub(in crate::web) async fn show(State(web): State<Web>, visit: Visit) -> Result<Response, WebError> {
    let (kept, places) = tokio::try_join!(web.app.store.kept(visit.user), Places::load(&web, &visit))?;
    let frame = Frame::new(&visit, visit.words.library.storage, places);
    visit.page(&StorageView::new(frame, kept, &visit))
}
