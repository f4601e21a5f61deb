//! `GET /add?url=…`: a form to add a feed or a page.

use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;

use crate::web::Web;
use crate::web::error::WebError;
use crate::web::own_address::OwnAddress;
use crate::web::views::{AddForm, AddView, Frame, Places};
use crate::web::visit::Visit;

/// What an address says, such as one from a bookmark or a share menu.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in crate::web) struct AddQuery {
    url: String,
}

/// Shows the form.
pub(in crate::web) async fn show(
    State(web): State<Web>,
    visit: Visit,
    own: OwnAddress,
    Query(query): Query<AddQuery>,
) -> Result<Response, WebError> {
    let frame = Frame::new(&visit, visit.words.add_title, Places::load(&web, &visit).await?);
    let form = AddForm { address: query.url, ..AddForm::default() };
    visit.page(&AddView::new(frame, form, Vec::new(), None, &own.0))
}
