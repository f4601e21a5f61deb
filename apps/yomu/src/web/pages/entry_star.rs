//! `POST /entries/{id}/star` and `/unstar`.

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use yomu_model::ids::EntryId;

use super::BackForm;
use crate::actions::star;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::path_id::PathId;
use crate::web::visit::{Visit, see_other};

/// Stars an entry.
pub(in crate::web) async fn star(
    web: State<Web>,
    visit: Visit,
    id: PathId<EntryId>,
    form: Form<BackForm>,
) -> Result<Response, WebError> {
    set(&web, &visit, id.0, &form, true).await
}

/// Takes the star away.
pub(in crate::web) async fn unstar(
    web: State<Web>,
    visit: Visit,
    id: PathId<EntryId>,
    form: Form<BackForm>,
) -> Result<Response, WebError> {
    set(&web, &visit, id.0, &form, false).await
}

async fn set(web: &Web, visit: &Visit, id: EntryId, form: &BackForm, starred: bool) -> Result<Response, WebError> {
    star::star(&web.app, visit.user, id, starred).await?;
    Ok(see_other(&form.back.at_element(&format!("e{id}")), None))
}
