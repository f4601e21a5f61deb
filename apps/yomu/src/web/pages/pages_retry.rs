//! `POST /transfer/retry`: pages that could not be fetched are tried again.

use axum::extract::State;
use axum::response::Response;

use crate::actions::import_pages::retry_pages;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::visit::{Visit, see_other};

/// Tries them again.
pub(in crate::web) async fn retry(State(web): State<Web>, visit: Visit) -> Result<Response, WebError> {
    retry_pages(&web.app, visit.user).await?;
    Ok(see_other("/transfer", None))
}
