//! Web apps that live on another host may ask: an app password has to be in the request itself, never in a cookie, so a
//! stranger's page gains nothing by asking from a reader's browser.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

const HEADERS: [(HeaderName, &str); 4] = [
    (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, PUT, DELETE, OPTIONS"),
    (header::ACCESS_CONTROL_ALLOW_HEADERS, "X-Auth-Token, Authorization, Content-Type, Accept"),
    // A browser asks once an hour whether it may ask.
    (header::ACCESS_CONTROL_MAX_AGE, "3600"),
];

/// Answers a browser's question whether a page may ask, and lets it read the answers.
pub(super) async fn allow_web_apps(request: Request, next: Next) -> Response {
    let mut response = match *request.method() {
        Method::OPTIONS => StatusCode::NO_CONTENT.into_response(),
        _ => next.run(request).await,
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
