//! `GET /sign-in/start`: on to the identity provider.
//!
//! A link and not a form: browsers that guard `form-action` would refuse to be sent on to another site. It changes nothing but
//! a cookie of the browser's own.

use axum::extract::{Query, State};
use axum::http::request::Parts;
use axum::response::Response;
use serde::Deserialize;

use super::sign_in_show::show_trouble;
use crate::client_address::client_address;
use crate::limiter::Trying;
use crate::sessions::Token;
use crate::sign_in::{KnownDevice, SignInProblem};
use crate::web::Web;
use crate::web::cookies::Cookie;
use crate::web::error::WebError;
use crate::web::limits::SIGN_IN_SECONDS;
use crate::web::local_path::LocalPath;
use crate::web::visit::{Guest, see_other};

/// Where to go afterwards, and what opens the door.
#[derive(Deserialize)]
pub(in crate::web) struct StartQuery {
    #[serde(default)]
    back: LocalPath,
    invitation: Option<String>,
}

/// Sends the browser on.
pub(in crate::web) async fn start(
    State(web): State<Web>,
    guest: Guest,
    Query(query): Query<StartQuery>,
    parts: Parts,
) -> Result<Response, WebError> {
    let sign_in = web.sign_in()?;
    hold_back(&web, &parts).await?;
    let invitation = query.invitation.filter(|token| Token::parse(token).is_some());
    match sign_in.begin(query.back.as_str().to_owned(), invitation, web.app.now()).await {
        Ok((url, cookie)) => {
            let mut response = see_other(url.as_str(), None);
            web.cookies.set(&mut response, Cookie::SignIn, &cookie, SIGN_IN_SECONDS);
            Ok(response)
        }
        Err(error) => {
            tracing::warn!(%error, "a sign-in cannot begin");
            let problem = SignInProblem::from(error);
            show_trouble(&web, &guest, &query.back, problem.status(), problem.trouble()).await
        }
    }
}

/// Makes whoever tries too often wait.
pub(super) async fn hold_back(web: &Web, parts: &Parts) -> Result<(), WebError> {
    let device = known_device(web, parts)?.map(|device| Trying::Device(device.0));
    let address = || client_address(&parts.extensions, &parts.headers, &web.trusted_proxies).map(Trying::Stranger);
    let Some(who) = device.or_else(address) else { return Ok(()) };
    web.app.try_sign_in(who).await.map_err(|wait| WebError::TooMany { seconds: wait.as_secs() })
}

/// The browser, if somebody has signed in there before.
pub(super) fn known_device(web: &Web, parts: &Parts) -> Result<Option<KnownDevice>, WebError> {
    let sign_in = web.sign_in()?;
    Ok(web.cookies.read(&parts.headers, Cookie::Device).and_then(|cookie| sign_in.known_device(cookie)))
}
