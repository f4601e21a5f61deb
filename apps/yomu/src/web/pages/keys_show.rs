//! `GET /keys`: what the keyboard does. A script shows the same page as a dialog.

use axum::extract::State;
use axum::response::Response;

use crate::web::Web;
use crate::web::error::WebError;
use crate::web::views::{Frame, KeysView, Places};
use crate::web::visit::Visit;

/// Shows the keys.
pub(in crate::web) async fn show(State(web): State<Web>, visit: Visit) -> Result<Response, WebError> {
    let frame = Frame::new(&visit, visit.words.keys_title, Places::load(&web, &visit).await?);
    visit.page(&KeysView { frame })
}
