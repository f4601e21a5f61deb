//! `POST /admin/users/{id}/remove`: an account with everything in it.

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use yomu_model::ids::UserId;

use super::ConfirmForm;
use super::admin_show::show_trouble;
use crate::actions::account::delete_account;
use crate::trouble::ActionError;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::notice::{Done, Notice};
use crate::web::path_id::PathId;
use crate::web::visit::{Visit, see_other};

/// Deletes an account, when its name was typed.
pub(in crate::web) async fn remove(
    State(web): State<Web>,
    visit: Visit,
    PathId(id): PathId<UserId>,
    Form(form): Form<ConfirmForm>,
) -> Result<Response, WebError> {
    visit.admins_only()?;
    web.sign_in()?;
    let user = web.app.store.user(id).await?.ok_or(WebError::NotFound)?;
    let deleted = match form.confirms(&user.name) {
        Ok(()) => delete_account(&web.app, id).await,
        Err(trouble) => Err(trouble.into()),
    };
    match deleted {
        Ok(()) => Ok(see_other("/admin", Some(Notice::of(Done::UserRemoved)))),
        Err(ActionError::Trouble(trouble)) => show_trouble(&web, &visit, trouble).await,
        Err(error) => Err(error.into()),
    }
}
