//! `/subscription/export` and `/subscription/import`: OPML.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse as _;

use super::visit::{Answer, Visit, done};
use crate::actions::export_opml::export_opml;
use crate::actions::import_opml::import_opml;
use crate::api::Api;

/// All feeds as OPML.
pub(super) async fn export(State(api): State<Api>, visit: Visit) -> Answer {
    let text = export_opml(&api.app, visit.user.id).await?;
    Ok(([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], text).into_response())
}

/// Subscribes to the feeds of the OPML file that is the body.
pub(super) async fn import(State(api): State<Api>, visit: Visit) -> Answer {
    import_opml(&api.app, visit.user.id, visit.body.to_vec()).await?;
    Ok(done())
}
