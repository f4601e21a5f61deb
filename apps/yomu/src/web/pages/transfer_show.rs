//! `GET /transfer`: import and export.

use axum::extract::State;
use axum::response::Response;

use crate::web::Web;
use crate::web::error::WebError;
use crate::web::views::{Frame, Places, TransferView};
use crate::web::visit::Visit;

/// Shows both forms.
pub(in crate::web) async fn show(State(web): State<Web>, visit: Visit) -> Result<Response, WebError> {
    let frame = Frame::new(&visit, visit.words.transfer_title, Places::load(&web, &visit).await?);
    visit.page(&TransferView { frame, problems: Vec::new() })
}
