//! `GET /highlights.md` and `GET /entries/{id}/highlights.md`: highlights as a Markdown file.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use yomu_model::ids::EntryId;

use crate::actions::export_highlights::{export_highlights, export_highlights_of};
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::path_id::PathId;
use crate::web::visit::Visit;

/// All of them.
pub(in crate::web) async fn all(State(web): State<Web>, visit: Visit) -> Result<Response, WebError> {
    Ok(file("highlights.md".to_owned(), export_highlights(&web.app, visit.user, &visit.zone).await?))
}

/// Those of one entry.
pub(in crate::web) async fn of_entry(
    State(web): State<Web>,
    visit: Visit,
    PathId(id): PathId<EntryId>,
) -> Result<Response, WebError> {
    let text = export_highlights_of(&web.app, visit.user, id, &visit.zone).await?;
    Ok(file(format!("highlights-{id}.md"), text.ok_or(WebError::NotFound)?))
}

fn file(name: String, text: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/markdown; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
    ];
    (headers, text).into_response()
}
