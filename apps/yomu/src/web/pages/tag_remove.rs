//! `POST /tags/{id}/remove`

use axum::extract::State;
use axum::response::Response;
use yomu_model::ids::TagId;

use crate::actions::tag::remove_tag;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::notice::{Done, Notice};
use crate::web::path_id::PathId;
use crate::web::visit::{Visit, see_other};

/// Takes a tag away from everything.
pub(in crate::web) async fn remove(
    State(web): State<Web>,
    visit: Visit,
    PathId(id): PathId<TagId>,
) -> Result<Response, WebError> {
    remove_tag(&web.app, visit.user, id).await?;
    Ok(see_other("/tags", Some(Notice::of(Done::TagRemoved))))
}
