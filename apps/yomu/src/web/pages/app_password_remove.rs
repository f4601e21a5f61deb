//! `POST /account/app-passwords/{id}/remove`.

use axum::extract::State;
use axum::response::Response;
use yomu_model::ids::AppPasswordId;

use crate::actions::app_password::remove_app_password;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::notice::{Done, Notice};
use crate::web::path_id::PathId;
use crate::web::visit::{Visit, see_other};

/// Ends a password: the app that has it is out.
pub(in crate::web) async fn remove(
    State(web): State<Web>,
    visit: Visit,
    PathId(id): PathId<AppPasswordId>,
) -> Result<Response, WebError> {
    remove_app_password(&web.app, visit.user, id).await?;
    Ok(see_other("/account", Some(Notice::of(Done::AppPasswordRemoved))))
}
