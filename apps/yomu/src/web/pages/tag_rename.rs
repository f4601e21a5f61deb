//! `POST /tags/{id}/rename`

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use yomu_model::ids::TagId;

use crate::actions::tag::rename_tag;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::notice::{Done, Notice};
use crate::web::path_id::PathId;
use crate::web::visit::{Visit, see_other};

/// The new name.
#[derive(Deserialize)]
pub(in crate::web) struct RenameForm {
    title: String,
}

/// Renames a tag, or makes it one with another.
pub(in crate::web) async fn rename(
    State(web): State<Web>,
    visit: Visit,
    PathId(id): PathId<TagId>,
    Form(form): Form<RenameForm>,
) -> Result<Response, WebError> {
    rename_tag(&web.app, visit.user, id, &form.title).await?;
    Ok(see_other("/tags", Some(Notice::of(Done::TagRenamed))))
}
