//! `GET /transfer`: import and export, and how fetching what was imported goes.

use axum::extract::State;
use axum::response::Response;

use super::import_show::lately;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::limits::PAGE_FAILURES_SHOWN;
use crate::web::views::{Frame, Message, Places, TransferView};
use crate::web::visit::Visit;

/// Shows the forms.
pub(in crate::web) async fn show(State(web): State<Web>, visit: Visit) -> Result<Response, WebError> {
    visit.page(&view(&web, &visit, Vec::new(), None).await?)
}

/// The page, with what of a file could not be used.
pub(super) async fn view(
    web: &Web,
    visit: &Visit,
    problems: Vec<String>,
    message: Option<Message>,
) -> Result<TransferView, WebError> {
    let (feeds, pages, places) = tokio::try_join!(
        web.app.store.first_fetches(visit.user, lately(web), 0),
        web.app.store.page_fetches(visit.user, PAGE_FAILURES_SHOWN),
        Places::load(web, visit)
    )?;
    let frame = Frame::new(visit, visit.words.transfer_title, places);
    Ok(TransferView::new(frame, &feeds, pages, problems, message))
}
