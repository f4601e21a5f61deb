//! `POST /entries/{id}/highlights`: a passage is highlighted, perhaps with a note.

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use yomu_model::ids::EntryId;

use crate::actions::highlight::{Passage, highlight};
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::local_path::LocalPath;
use crate::web::notice::{Done, Notice};
use crate::web::path_id::PathId;
use crate::web::visit::{Visit, see_other};

/// A passage, selected or pasted.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in crate::web) struct HighlightForm {
    exact: String,
    prefix: String,
    suffix: String,
    note: String,
    back: LocalPath,
}

/// Highlights it, and leads back to it.
pub(in crate::web) async fn create(
    State(web): State<Web>,
    visit: Visit,
    PathId(id): PathId<EntryId>,
    Form(form): Form<HighlightForm>,
) -> Result<Response, WebError> {
    let passage = Passage { exact: &form.exact, prefix: &form.prefix, suffix: &form.suffix, note: &form.note };
    let made = highlight(&web.app, visit.user, id, passage).await?;
    Ok(see_other(&form.back.at_element(&format!("h{made}")), Some(Notice::of(Done::Highlighted))))
}
