//! `POST /folders/{id}/rename`.

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use yomu_model::ids::FolderId;

use crate::actions::folder::rename_folder;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::notice::{Done, Notice};
use crate::web::path_id::PathId;
use crate::web::visit::{Visit, see_other};

/// The new title.
#[derive(Deserialize)]
pub(in crate::web) struct RenameForm {
    title: String,
}

/// Gives a folder another title.
pub(in crate::web) async fn rename(
    State(web): State<Web>,
    visit: Visit,
    PathId(id): PathId<FolderId>,
    Form(form): Form<RenameForm>,
) -> Result<Response, WebError> {
    rename_folder(&web.app, visit.user, id, &form.title).await?;
    Ok(see_other("/feeds", Some(Notice::of(Done::FolderRenamed))))
}
