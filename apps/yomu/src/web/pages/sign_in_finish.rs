//! `GET /sign-in/callback`: back from the identity provider.

use axum::extract::{Query, State};
use axum::http::header;
use axum::http::request::Parts;
use axum::response::Response;

use super::sign_in_show::show_trouble;
use super::sign_in_start::{hold_back, known_device};
use crate::limits::DEVICE_KNOWN_SECONDS;
use crate::sessions::cookie_seconds;
use crate::sign_in::{Answer, KnownDevice, SignInProblem, device_name};
use crate::web::Web;
use crate::web::cookies::Cookie;
use crate::web::error::WebError;
use crate::web::local_path::LocalPath;
use crate::web::visit::{Guest, see_other};

/// Signs somebody in, or says why not.
pub(in crate::web) async fn finish(
    State(web): State<Web>,
    guest: Guest,
    Query(answer): Query<Answer>,
    parts: Parts,
) -> Result<Response, WebError> {
    let sign_in = web.sign_in()?;
    hold_back(&web, &parts).await?;
    let cookie = web.cookies.read(&parts.headers, Cookie::SignIn);
    let Some(flow) = cookie.and_then(|cookie| sign_in.flow(cookie, guest.now)) else {
        // Who goes "back" to this address after signing in is in already.
        if web.reader(&parts.headers).await?.is_some() {
            return Ok(see_other("/", None));
        }
        let problem = SignInProblem::Stale;
        return show_trouble(&web, &guest, &LocalPath::default(), problem.status(), problem.trouble()).await;
    };
    let back = LocalPath::from(flow.back.clone());
    let mut response = match sign_in.finish(&web.app, &flow, answer).await {
        Ok(user) => {
            // A new token at each sign-in; what the browser had before is good no more.
            if let Some(before) = web.token(&parts.headers) {
                web.sessions().end(&before).await?;
            }
            let agent = parts.headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
            let token = web.sessions().begin(user.id, &device_name(agent.unwrap_or_default()), guest.now).await?;
            tracing::info!(user = user.id.get(), "signed in");
            let mut response = see_other(back.as_str(), None);
            web.cookies.set(&mut response, Cookie::Session, &token.to_text(), cookie_seconds());
            let device = known_device(&web, &parts)?.unwrap_or_else(KnownDevice::random);
            web.cookies.set(&mut response, Cookie::Device, &sign_in.device_cookie(device), DEVICE_KNOWN_SECONDS);
            response
        }
        Err(SignInProblem::Store(error)) => return Err(error.into()),
        Err(problem) => {
            tracing::warn!(error = %problem.trouble().kind, "somebody was not signed in: {problem}");
            show_trouble(&web, &guest, &back, problem.status(), problem.trouble()).await?
        }
    };
    web.cookies.clear(&mut response, Cookie::SignIn);
    Ok(response)
}
