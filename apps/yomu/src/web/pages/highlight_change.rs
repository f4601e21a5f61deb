//! `POST /highlights/{id}/note` and `/remove`

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use yomu_model::ids::HighlightId;

use super::BackForm;
use crate::actions::highlight::{change_note, remove_highlight};
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::local_path::LocalPath;
use crate::web::notice::{Done, Notice};
use crate::web::path_id::PathId;
use crate::web::visit::{Visit, see_other};

/// Another note.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in crate::web) struct NoteForm {
    note: String,
    back: LocalPath,
}

/// Writes another note beside it.
pub(in crate::web) async fn note(
    State(web): State<Web>,
    visit: Visit,
    PathId(id): PathId<HighlightId>,
    Form(form): Form<NoteForm>,
) -> Result<Response, WebError> {
    change_note(&web.app, visit.user, id, &form.note).await?;
    Ok(see_other(form.back.as_str(), Some(Notice::of(Done::NoteSaved))))
}

/// Removes it with its note, and offers the way back.
pub(in crate::web) async fn remove(
    State(web): State<Web>,
    visit: Visit,
    PathId(id): PathId<HighlightId>,
    Form(form): Form<BackForm>,
) -> Result<Response, WebError> {
    let undo = remove_highlight(&web.app, visit.user, id).await?;
    Ok(see_other(form.back.as_str(), Some(Notice::of(Done::HighlightRemoved).with_undo(undo))))
}
