//! `GET /sign-in`: the way in.

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;

use crate::trouble::Trouble;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::local_path::LocalPath;
use crate::web::views::{Frame, Message, SignInView};
use crate::web::visit::{Guest, see_other};

/// Where to go afterwards.
#[derive(Deserialize)]
pub(in crate::web) struct SignInQuery {
    #[serde(default)]
    back: LocalPath,
}

/// Shows the way in; who is in already goes on.
pub(in crate::web) async fn show(
    State(web): State<Web>,
    guest: Guest,
    headers: HeaderMap,
    Query(query): Query<SignInQuery>,
) -> Result<Response, WebError> {
    web.sign_in()?;
    if web.reader(&headers).await?.is_some() {
        return Ok(see_other(query.back.as_str(), guest.notice));
    }
    guest.page(&view(&web, &guest, &query.back, None).await?)
}

/// The same page, with why it did not work.
pub(super) async fn show_trouble(
    web: &Web,
    guest: &Guest,
    back: &LocalPath,
    status: u16,
    trouble: Trouble,
) -> Result<Response, WebError> {
    let message = Message::of_trouble(trouble, guest.words);
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    guest.page_with_status(status, &view(web, guest, back, Some(message)).await?)
}

async fn view(web: &Web, guest: &Guest, back: &LocalPath, message: Option<Message>) -> Result<SignInView, WebError> {
    let sign_in = web.sign_in()?;
    let is_first = sign_in.is_open_to_the_first() && !web.app.store.has_identities().await?;
    let frame = Frame::without_places(guest, guest.words.sign_in_title);
    Ok(SignInView::new(frame, sign_in.provider_name(), back.as_str(), is_first, message))
}
