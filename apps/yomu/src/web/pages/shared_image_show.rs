//! `GET /shared/{token}/image/{signature}/{address}`: a picture of an article behind a public link, by way of this program.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};

use super::image_show::{answer, failed};
use crate::images::Audience;
use crate::sessions::Token;
use crate::web::Web;

/// Shows a picture to whoever has the link, until it is revoked.
pub(in crate::web) async fn show(
    State(web): State<Web>,
    Path((token, signature, address)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Response {
    let Some(token) = Token::parse(&token) else { return StatusCode::NOT_FOUND.into_response() };
    match web.app.store.is_shared(token.hash()).await {
        Ok(true) => answer(&web, Audience::Link(&token), &signature, &address, &headers).await,
        Ok(false) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => failed(&error),
    }
}
