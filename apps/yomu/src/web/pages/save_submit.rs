//! `POST /save`: the page is fetched and kept, with tags.

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use yomu_model::ids::EntryId;

use super::save_show::show_form;
use crate::actions::save_page::save_page;
use crate::actions::tag::{change_tags, check_tags};
use crate::trouble::ActionError;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::notice::{Done, Notice};
use crate::web::views::{Message, SaveForm};
use crate::web::visit::{Visit, see_other};

/// Saves, or shows the form again with what is wrong.
pub(in crate::web) async fn submit(
    State(web): State<Web>,
    visit: Visit,
    Form(form): Form<SaveForm>,
) -> Result<Response, WebError> {
    match save(&web, &visit, &form).await {
        Ok(id) => Ok(see_other(&format!("/entries/{id}?from=saved"), Some(Notice::of(Done::PageSaved)))),
        Err(ActionError::Trouble(trouble)) => {
            let message = Message::of_trouble(trouble, visit.words);
            show_form(&web, &visit, StatusCode::UNPROCESSABLE_ENTITY, form, Some(message)).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn save(web: &Web, visit: &Visit, form: &SaveForm) -> Result<EntryId, ActionError> {
    // A name that cannot be one is said before a page is fetched.
    check_tags(&form.tags)?;
    let id = save_page(&web.app, visit.user, &form.url).await.map_err(ActionError::of_page)?;
    if !form.tags.trim().is_empty() {
        change_tags(&web.app, visit.user, id, &form.tags, "").await?;
    }
    Ok(id)
}
