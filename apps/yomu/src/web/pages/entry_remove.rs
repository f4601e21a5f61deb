//! `POST /entries/{id}/remove`: the reader does not want to see it again.

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use yomu_model::ids::EntryId;

use super::BackForm;
use crate::actions::remove_entry::remove_entry;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::notice::{Done, Notice};
use crate::web::path_id::PathId;
use crate::web::visit::{Visit, see_other};

/// Removes an entry.
pub(in crate::web) async fn remove(
    State(web): State<Web>,
    visit: Visit,
    PathId(id): PathId<EntryId>,
    Form(form): Form<BackForm>,
) -> Result<Response, WebError> {
    let undo = remove_entry(&web.app, visit.user, id).await?;
    let notice = Notice::of(Done::Removed).with_undo(undo);
    Ok(see_other(&form.back.unless_entry(id), Some(notice)))
}
