//! `POST /admin/invitations/{id}/remove`.

use axum::extract::State;
use axum::response::Response;
use yomu_model::ids::InvitationId;

use crate::actions::invitation::take_back_invitation;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::notice::{Done, Notice};
use crate::web::path_id::PathId;
use crate::web::visit::{Visit, see_other};

/// Takes an invitation back.
pub(in crate::web) async fn remove(
    State(web): State<Web>,
    visit: Visit,
    PathId(id): PathId<InvitationId>,
) -> Result<Response, WebError> {
    visit.admins_only()?;
    take_back_invitation(&web.app, id).await?;
    Ok(see_other("/admin", Some(Notice::of(Done::InvitationRemoved))))
}
