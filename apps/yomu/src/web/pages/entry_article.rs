//! `POST /entries/{id}/article`: the full text, from the entry's page.

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use yomu_model::ids::EntryId;

use super::BackForm;
use crate::actions::fetch_article::fetch_article;
use crate::trouble::ActionError;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::path_id::PathId;
use crate::web::visit::{Visit, see_other};

/// Fetches the article.
pub(in crate::web) async fn fetch(
    State(web): State<Web>,
    visit: Visit,
    PathId(id): PathId<EntryId>,
    Form(form): Form<BackForm>,
) -> Result<Response, WebError> {
    fetch_article(&web.app, visit.user, id).await.map_err(ActionError::of_page)?;
    Ok(see_other(form.back.as_str(), None))
}
