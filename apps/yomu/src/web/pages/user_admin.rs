//! `POST /admin/users/{id}/admin`: who looks after the others.

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use yomu_model::ids::UserId;

use super::admin_show::show_trouble;
use crate::actions::account::set_admin;
use crate::trouble::ActionError;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::notice::{Done, Notice};
use crate::web::path_id::PathId;
use crate::web::visit::{Visit, see_other};

/// Admin or not.
#[derive(Deserialize)]
pub(in crate::web) struct AdminForm {
    admin: bool,
}

/// Makes somebody an admin, or an admin an ordinary reader.
pub(in crate::web) async fn set(
    State(web): State<Web>,
    visit: Visit,
    PathId(id): PathId<UserId>,
    Form(form): Form<AdminForm>,
) -> Result<Response, WebError> {
    visit.admins_only()?;
    match set_admin(&web.app, id, form.admin).await {
        Ok(()) => {
            let done = if form.admin { Done::AdminMade } else { Done::AdminUnmade };
            // Who is no admin any more has no such page.
            let next = if id == visit.user && !form.admin { "/account" } else { "/admin" };
            Ok(see_other(next, Some(Notice::of(done))))
        }
        Err(ActionError::Trouble(trouble)) => show_trouble(&web, &visit, trouble).await,
        Err(error) => Err(error.into()),
    }
}
