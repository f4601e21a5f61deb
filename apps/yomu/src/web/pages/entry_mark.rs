//! `POST /entries/{id}/read` and `/unread`.

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use yomu_model::ids::EntryId;

use super::BackForm;
use crate::actions::mark::mark_entry;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::local_path::LocalPath;
use crate::web::path_id::PathId;
use crate::web::visit::{Visit, see_other};

/// Marks an entry read.
pub(in crate::web) async fn read(
    web: State<Web>,
    visit: Visit,
    id: PathId<EntryId>,
    form: Form<BackForm>,
) -> Result<Response, WebError> {
    mark_entry(&web.app, visit.user, id.0, false).await?;
    // One entry needs no notice: its other button takes it back.
    Ok(see_other(&form.back.at_element(&format!("e{}", id.0)), None))
}

/// Marks an entry unread.
pub(in crate::web) async fn unread(
    web: State<Web>,
    visit: Visit,
    id: PathId<EntryId>,
    form: Form<BackForm>,
) -> Result<Response, WebError> {
    mark_entry(&web.app, visit.user, id.0, true).await?;
    let back = LocalPath::from(form.back.unless_entry(id.0));
    Ok(see_other(&back.at_element(&format!("e{}", id.0)), None))
}
