//! `POST /sign-out`: this device.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use crate::web::Web;
use crate::web::cookies::Cookie;
use crate::web::error::WebError;
use crate::web::notice::{Done, Notice};
use crate::web::visit::see_other;

/// Signs this device out, whether or not it was signed in.
pub(in crate::web) async fn sign_out(State(web): State<Web>, headers: HeaderMap) -> Result<Response, WebError> {
    web.sign_in()?;
    if let Some(token) = web.token(&headers) {
        web.sessions().end(&token).await?;
    }
    let mut response = see_other("/sign-in", Some(Notice::of(Done::SignedOut)));
    web.cookies.clear(&mut response, Cookie::Session);
    Ok(response)
}
