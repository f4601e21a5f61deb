//! `GET /import?since=`, or `/import` for what is new in the last day: how the feeds of an import come in.

use axum::extract::{Query, State};
use axum::response::Response;
use jiff::Timestamp;
use serde::Deserialize;

use crate::web::Web;
use crate::web::error::WebError;
use crate::web::limits::{IMPORT_LATELY, PAGE_FAILURES_SHOWN};
use crate::web::views::{Frame, ImportView, Places};
use crate::web::visit::Visit;

/// Which import.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in crate::web) struct ImportQuery {
    /// When it began, in milliseconds since 1970; everything since then is shown. None for the last day.
    since: Option<i64>,
}

/// The page about the import that began at a moment.
pub(super) fn path_since(began: Timestamp) -> String {
    format!("/import?since={}", began.as_millisecond())
}

/// Since when subscriptions are new.
pub(super) fn lately(web: &Web) -> Timestamp {
    let now = web.app.now();
    now.checked_sub(IMPORT_LATELY).unwrap_or(now)
}

/// Shows how far it is.
pub(in crate::web) async fn show(
    State(web): State<Web>,
    visit: Visit,
    Query(query): Query<ImportQuery>,
) -> Result<Response, WebError> {
    let since = match query.since {
        Some(since) => Timestamp::from_millisecond(since).map_err(|_| WebError::BadRequest)?,
        None => lately(&web),
    };
    let fetches = web.app.store.first_fetches(visit.user, since, PAGE_FAILURES_SHOWN);
    let (fetches, places) = tokio::try_join!(fetches, Places::load(&web, &visit))?;
    let frame = Frame::new(&visit, visit.words.library.import_progress_title, places);
    visit.page(&ImportView::new(frame, fetches))
}
