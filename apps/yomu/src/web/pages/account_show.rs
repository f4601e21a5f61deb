//! `GET /account`: one's own settings.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::trouble::Trouble;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::views::{AccountView, Frame, Message, Places};
use crate::web::visit::Visit;

/// Shows the settings.
pub(in crate::web) async fn show(State(web): State<Web>, visit: Visit) -> Result<Response, WebError> {
    visit.page(&view(&web, &visit, None).await?)
}

/// The same page, with what is wrong with a form of it.
pub(super) async fn show_trouble(web: &Web, visit: &Visit, trouble: Trouble) -> Result<Response, WebError> {
    let message = Message::of_trouble(trouble, visit.words);
    visit.page_with_status(StatusCode::UNPROCESSABLE_ENTITY, &view(web, visit, Some(message)).await?)
}

async fn view(web: &Web, visit: &Visit, message: Option<Message>) -> Result<AccountView, WebError> {
    let store = &web.app.store;
    let frame = Frame::new(visit, visit.words.account, Places::load(web, visit).await?);
    let passwords = store.app_passwords(visit.user).await?;
    let devices = match visit.session {
        Some(_) => web.sessions().of(visit.user, visit.now).await?,
        None => Vec::new(),
    };
    let email = store.email(visit.user).await?;
    Ok(AccountView::new(frame, visit, email, devices, passwords, &web.zone, message))
}
