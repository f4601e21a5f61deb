//! `POST /shares/{id}/revoke`

use axum::extract::State;
use axum::response::Response;
use yomu_model::ids::ShareId;

use crate::actions::share::revoke_share;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::notice::{Done, Notice};
use crate::web::path_id::PathId;
use crate::web::visit::{Visit, see_other};

/// Revokes a link.
pub(in crate::web) async fn revoke(
    State(web): State<Web>,
    visit: Visit,
    PathId(id): PathId<ShareId>,
) -> Result<Response, WebError> {
    revoke_share(&web.app, visit.user, id).await?;
    Ok(see_other("/shares", Some(Notice::of(Done::ShareRevoked))))
}
