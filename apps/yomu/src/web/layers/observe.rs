//! Every request gets a number, a place in the log, and its time taken.

use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument as _;

use crate::metrics;
use crate::random::random_i64;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// An answer that takes longer is worth a line in the log.
const SLOW: Duration = Duration::from_secs(1);

/// Wraps a request. Log lines within it carry its number; they name the pattern of its route, never its path, which may
/// hold what a reader searched for.
pub(in crate::web) async fn observe(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = request_id(request.headers());
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or("unmatched", MatchedPath::as_str);
    let method = method_name(request.method());
    let span = tracing::info_span!("request", id = id.to_str().unwrap_or_default(), method, route);
    let mut response = next.run(request).instrument(span.clone()).await;
    let (status, took) = (response.status(), started.elapsed());
    metrics::REQUESTS.observe([route, method, status.as_str()], took);
    let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    span.in_scope(|| match () {
        () if status.is_server_error() => tracing::warn!(status = status.as_u16(), ms, "a request failed"),
        () if took > SLOW => tracing::info!(status = status.as_u16(), ms, "a slow answer"),
        () => tracing::debug!(status = status.as_u16(), ms, "answered"),
    });
    response.headers_mut().insert(REQUEST_ID, id);
    response
}

/// The number that a proxy gave the request, so that its log and ours can be read side by side, or a new one.
fn request_id(headers: &HeaderMap) -> HeaderValue {
    let is_plain = |value: &&HeaderValue| {
        (1..=64).contains(&value.len())
            && value.as_bytes().iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
    };
    match headers.get(REQUEST_ID).filter(is_plain) {
        Some(given) => given.clone(),
        None => HeaderValue::try_from(format!("{:016x}", random_i64())).unwrap_or(HeaderValue::from_static("0")),
    }
}

/// A method as a label: strangers may send any word.
fn method_name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(id: &str) -> HeaderValue {
        let mut headers = HeaderMap::new();
        headers.insert(REQUEST_ID, HeaderValue::try_from(id).unwrap());
        request_id(&headers)
    }

    #[test]
    fn a_plain_number_of_a_proxy_is_kept() {
        assert_eq!(given("5f2a-Q_1.0"), "5f2a-Q_1.0");
    }

    #[test]
    fn anything_else_is_replaced() {
        for id in ["", "a b", "x".repeat(65).as_str(), "{\"a\":1}", "é"] {
            assert_eq!(given(id).len(), 16, "{id}");
        }
        assert_ne!(request_id(&HeaderMap::new()), request_id(&HeaderMap::new()));
    }
}
