//! `POST /entries/{id}/position`, `POST /entries/{id}/media-position`: how far somebody has read or listened.

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use yomu_model::ids::EntryId;

use crate::actions::media_position::set_media_position;
use crate::actions::reading::set_reading_position;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::limits::MEDIA_FILES_MAX;
use crate::web::path_id::PathId;
use crate::web::visit::Visit;

/// How far in the text.
#[derive(Deserialize)]
pub(in crate::web) struct PositionForm {
    /// Thousandths of the text.
    permille: u32,
}

/// How far in an attached file.
#[derive(Deserialize)]
pub(in crate::web) struct MediaPositionForm {
    /// Which of the entry's files, counted from 0.
    number: u32,
    seconds: u32,
}

/// Notes how far somebody has read.
pub(in crate::web) async fn read(
    State(web): State<Web>,
    visit: Visit,
    PathId(id): PathId<EntryId>,
    Form(form): Form<PositionForm>,
) -> Result<StatusCode, WebError> {
    set_reading_position(&web.app, visit.user, id, form.permille).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Notes how far somebody has listened or watched.
pub(in crate::web) async fn played(
    State(web): State<Web>,
    visit: Visit,
    PathId(id): PathId<EntryId>,
    Form(form): Form<MediaPositionForm>,
) -> Result<StatusCode, WebError> {
    if form.number >= MEDIA_FILES_MAX {
        return Err(WebError::NotFound);
    }
    set_media_position(&web.app, visit.user, id, form.number, form.seconds).await?;
    Ok(StatusCode::NO_CONTENT)
}
