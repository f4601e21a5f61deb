//! `POST /entries/{id}/tags`: tags given and taken.

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use yomu_model::ids::EntryId;

use crate::actions::tag::change_tags;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::local_path::LocalPath;
use crate::web::notice::{Done, Notice};
use crate::web::path_id::PathId;
use crate::web::visit::{Visit, see_other};

/// What the form of an entry says.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in crate::web) struct TagForm {
    /// Names to give, between commas.
    add: String,
    /// A name to take away.
    take: String,
    back: LocalPath,
}

/// Changes the tags of an entry.
pub(in crate::web) async fn change(
    State(web): State<Web>,
    visit: Visit,
    PathId(id): PathId<EntryId>,
    Form(form): Form<TagForm>,
) -> Result<Response, WebError> {
    change_tags(&web.app, visit.user, id, &form.add, &form.take).await?;
    Ok(see_other(form.back.as_str(), Some(Notice::of(Done::Tagged))))
}
