//! `GET /admin`: people, invitations, feeds that fail, storage. Numbers and names; nothing of what anybody reads.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::trouble::Trouble;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::limits::TROUBLED_FEEDS_MAX;
use crate::web::views::{AdminView, Everything, Frame, Message, Places};
use crate::web::visit::Visit;

/// Shows it all.
pub(in crate::web) async fn show(State(web): State<Web>, visit: Visit) -> Result<Response, WebError> {
    visit.admins_only()?;
    visit.page(&view(&web, &visit, None).await?)
}

/// The same page, with what is wrong with a form of it.
pub(super) async fn show_trouble(web: &Web, visit: &Visit, trouble: Trouble) -> Result<Response, WebError> {
    let message = Message::of_trouble(trouble, visit.words);
    visit.page_with_status(StatusCode::UNPROCESSABLE_ENTITY, &view(web, visit, Some(message)).await?)
}

async fn view(web: &Web, visit: &Visit, message: Option<Message>) -> Result<AdminView, WebError> {
    let store = &web.app.store;
    let frame = Frame::new(visit, visit.words.admin, Places::load(web, visit).await?);
    let everything = Everything {
        people: store.people().await?,
        invitations: store.invitations(visit.now).await?,
        troubled: store.troubled_feeds(TROUBLED_FEEDS_MAX).await?,
        storage: store.storage().await?,
    };
    Ok(AdminView::new(frame, visit, everything, web.sign_in().is_ok(), message))
}
