//! `GET /save?url=&title=&text=`: a form to save a page that another page or app sent here. It changes nothing.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::web::Web;
use crate::web::error::WebError;
use crate::web::limits::TAGS_TO_COMPLETE;
use crate::web::views::{Frame, Message, Places, SaveForm, SaveView};
use crate::web::visit::Visit;

/// Shows the form.
pub(in crate::web) async fn show(
    State(web): State<Web>,
    visit: Visit,
    Query(form): Query<SaveForm>,
) -> Result<Response, WebError> {
    show_form(&web, &visit, StatusCode::OK, form.sorted(), None).await
}

/// The form, perhaps with what is wrong.
pub(super) async fn show_form(
    web: &Web,
    visit: &Visit,
    status: StatusCode,
    form: SaveForm,
    message: Option<Message>,
) -> Result<Response, WebError> {
    let (tags, places) =
        tokio::try_join!(web.app.store.recent_tags(visit.user, TAGS_TO_COMPLETE), Places::load(web, visit))?;
    let frame = Frame::new(visit, visit.words.library.save_title, places);
    let tags = tags.into_iter().map(|(_, name)| name).collect();
    visit.page_with_status(status, &SaveView { frame, form, tags, message })
}
