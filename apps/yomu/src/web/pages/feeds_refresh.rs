//! `POST /refresh`: all feeds, in the background.

use axum::Form;
use axum::extract::State;
use axum::response::Response;

use super::BackForm;
use crate::actions::refresh_now::refresh_all;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::notice::{Done, Notice};
use crate::web::visit::{Visit, see_other};

/// Makes all feeds due.
pub(in crate::web) async fn refresh(
    State(web): State<Web>,
    visit: Visit,
    Form(form): Form<BackForm>,
) -> Result<Response, WebError> {
    let count = refresh_all(&web.app, visit.user).await?;
    let notice = Notice::of(Done::Refreshing).with_count(u32::try_from(count).unwrap_or(u32::MAX));
    Ok(see_other(form.back.as_str(), Some(notice)))
}
