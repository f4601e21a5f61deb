//! `GET /export.opml`: all feeds and folders as a file.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::actions::export_opml::export_opml;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::visit::Visit;

/// Exports.
pub(in crate::web) async fn export(State(web): State<Web>, visit: Visit) -> Result<Response, WebError> {
    let opml = export_opml(&web.app, visit.user).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/x-opml; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"yomu.opml\""),
        (header::CACHE_CONTROL, "private, no-store"),
    ];
    Ok((headers, opml).into_response())
}
