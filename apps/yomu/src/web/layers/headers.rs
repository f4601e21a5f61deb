//! What every answer tells the browser not to do.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

/// Nothing runs and nothing styles but our own files; articles bring pictures and sound from anywhere; frames are the
/// players of the video hosts that yomu-clean knows, and only after a click.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; img-src * data:; media-src *; style-src 'self'; \
     script-src 'self'; connect-src 'self'; form-action 'self'; frame-src https://www.youtube-nocookie.com \
     https://player.vimeo.com https://embed.nicovideo.jp https://www.dailymotion.com https://player.bilibili.com; \
     base-uri 'none'; frame-ancestors 'none'";

/// Nothing that a reader needs.
const PERMISSIONS_POLICY: &str = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()";

const HEADERS: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    // Other sites learn nothing from pictures and links. `no-referrer` would hide as much, but browsers then also send
    // `Origin: null` with our own forms, and over plain HTTP nothing else tells them from a stranger's.
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), PERMISSIONS_POLICY),
];

/// Adds the headers that the answer does not have already.
pub(in crate::web) async fn security_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}
