//! `GET /sign-in/start`: on to the identity provider.
//!
//! A link and not a form: browsers that guard `form-action` would refuse to be sent on to another site. It changes nothing but
//! a cookie of the browser's own.

use axum::extract::{Query, State};
use axum::http::request::Parts;
use axum::response::Response;
use serde::Deserialize;

use super::sign_in_show::show_trouble;
use crate::sessions::Token;
use crate::sign_in::SignInProblem;
use crate::web::Web;
use crate::web::client_address::client_address;
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
    hold_back(&web, &parts)?;
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
pub(super) fn hold_back(web: &Web, parts: &Parts) -> Result<(), WebError> {
    let Some(address) = client_address(parts, &web.trusted_proxies) else { return Ok(()) };
    web.turnstile
        .pass(address, std::time::Instant::now())
        .map_err(|wait| WebError::TooMany { seconds: wait.as_secs().max(1) })
}
