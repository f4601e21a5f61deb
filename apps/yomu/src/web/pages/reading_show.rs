//! `GET /reading`: how pages look and articles are set.

use axum::extract::State;
use axum::response::Response;

use crate::web::Web;
use crate::web::error::WebError;
use crate::web::views::{Frame, Places, ReadingView};
use crate::web::visit::Visit;

/// Shows the choices, with a piece of text to see them on.
pub(in crate::web) async fn show(State(web): State<Web>, visit: Visit) -> Result<Response, WebError> {
    let frame = Frame::new(&visit, visit.words.reading, Places::load(&web, &visit).await?);
    visit.page(&ReadingView::new(frame))
}
