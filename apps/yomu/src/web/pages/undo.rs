//! `POST /undo/{what}`: the last thing is taken back.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;

use super::BackForm;
use crate::actions::undo::{Undo, undo};
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::notice::{Done, Notice};
use crate::web::visit::{Visit, see_other};

/// Takes something back.
pub(in crate::web) async fn take_back(
    State(web): State<Web>,
    visit: Visit,
    Path(what): Path<String>,
    Form(form): Form<BackForm>,
) -> Result<Response, WebError> {
    let what: Undo = what.parse().map_err(|_| WebError::NotFound)?;
    let done = if undo(&web.app, visit.user, what).await? { Done::Undone } else { Done::NothingToUndo };
    Ok(see_other(form.back.as_str(), Some(Notice::of(done))))
}
