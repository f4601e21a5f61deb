//! Failures become pages: one clear sentence in the reader's language, with the status kept.

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::web::Web;
use crate::web::error::Failure;
use crate::web::views::{ErrorView, Frame};
use crate::web::visit::Guest;

/// Replaces the plain answer of a failure, whoever gave it, by a page.
pub(in crate::web) async fn dress(State(web): State<Web>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let mut guest = Guest::new(&parts, &web);
    let asked = parts.headers.clone();
    let response = next.run(Request::from_parts(parts, body)).await;
    let status = response.status();
    let is_failure = status.is_client_error() || status.is_server_error();
    if !is_failure || is_html(&response) {
        return response;
    }
    // In the reader's own colours, where that can be known: a failing database is no reason to fail once more, and one that
    // says nothing is not waited for again.
    let is_away = matches!(status, StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT);
    if !is_away && let Ok(Some(reader)) = web.reader(&asked).await {
        guest.reading = reader.user.reading;
    }
    let failure = response.extensions().get::<Failure>().map(|failure| failure.0.clone());
    let frame = Frame::without_places(&guest, guest.words.error_title);
    let Ok(page) = guest.page_with_status(status, &ErrorView::new(frame, status, failure)) else { return response };
    let mut page = page;
    page.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    for name in [header::ALLOW, header::RETRY_AFTER] {
        if let Some(value) = response.headers().get(&name) {
            page.headers_mut().insert(name, value.clone());
        }
    }
    page
}

/// A page of ours that fails on purpose, such as a form with what is wrong with it.
fn is_html(response: &Response) -> bool {
    response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}
