//! `POST /account/devices/{id}/sign-out` and `POST /account/sign-out-everywhere`.

use axum::extract::State;
use axum::response::Response;
use yomu_model::ids::SessionId;

use crate::web::Web;
use crate::web::cookies::Cookie;
use crate::web::error::WebError;
use crate::web::notice::{Done, Notice};
use crate::web::path_id::PathId;
use crate::web::visit::{Visit, see_other};

/// Signs one device out.
pub(in crate::web) async fn one(
    State(web): State<Web>,
    visit: Visit,
    PathId(id): PathId<SessionId>,
) -> Result<Response, WebError> {
    if web.sessions().end_one(visit.user, id).await? {
        Ok(see_other("/account", Some(Notice::of(Done::DeviceSignedOut))))
    } else {
        Err(WebError::NotFound)
    }
}

/// Signs all devices out, this one too.
pub(in crate::web) async fn all(State(web): State<Web>, visit: Visit) -> Result<Response, WebError> {
    web.sign_in()?;
    web.sessions().end_all(visit.user).await?;
    let mut response = see_other("/sign-in", Some(Notice::of(Done::SignedOutEverywhere)));
    web.cookies.clear(&mut response, Cookie::Session);
    Ok(response)
}
