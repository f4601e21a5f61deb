//! `POST /folders/{id}/remove`: the folder goes, its feeds stay.

use axum::extract::State;
use axum::response::Response;
use yomu_model::ids::FolderId;

use crate::actions::folder::remove_folder;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::notice::{Done, Notice};
use crate::web::path_id::PathId;
use crate::web::visit::{Visit, see_other};

/// Removes a folder.
pub(in crate::web) async fn remove(
    State(web): State<Web>,
    visit: Visit,
    PathId(id): PathId<FolderId>,
) -> Result<Response, WebError> {
    remove_folder(&web.app, visit.user, id).await?;
    Ok(see_other("/feeds", Some(Notice::of(Done::FolderRemoved))))
}
