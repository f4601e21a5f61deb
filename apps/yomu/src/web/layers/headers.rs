//! What every answer tells the browser not to do.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use ipnet::IpNet;
use url::Url;

/// Nothing runs and nothing styles but our own files; articles bring sound from anywhere; frames are the players of the
/// video hosts that yomu-clean knows, and only after a click.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; media-src *; style-src 'self'; \
     script-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; \
     frame-src https://www.youtube-nocookie.com https://player.vimeo.com https://embed.nicovideo.jp https://www.dailymotion.com https://player.bilibili.com; \
     base-uri 'none'; frame-ancestors 'none'";

/// Pictures come through this program, and from nowhere else even where an article says so.
const OWN_PICTURES: &str = "img-src 'self' data:";

/// Pictures come from wherever the articles say.
const ALL_PICTURES: &str = "img-src * data:";

/// Nothing that a reader needs.
const PERMISSIONS_POLICY: &str = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()";

/// A year of TLS only. Not `includeSubDomains`: the neighbours of a home's reader are not ours to speak for.
const STRICT_TRANSPORT_SECURITY: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// What every answer says. Cheap to clone.
#[derive(Clone)]
pub(crate) struct SecurityHeaders {
    lines: Arc<[(HeaderName, HeaderValue)]>,
    /// Whether people come by TLS alone.
    is_https: bool,
    /// Proxies that are believed when they say that somebody came by TLS.
    trusted_proxies: Arc<[IpNet]>,
}

impl SecurityHeaders {
    /// For a program at this address; `own_pictures` when those of articles come through it.
    pub(crate) fn new(base_url: Option<&Url>, trusted_proxies: Arc<[IpNet]>, own_pictures: bool) -> Self {
        let pictures = if own_pictures { OWN_PICTURES } else { ALL_PICTURES };
        let policy = HeaderValue::try_from(format!("{CONTENT_SECURITY_POLICY}; {pictures}"));
        let lines = [
            (header::CONTENT_SECURITY_POLICY, policy.expect("plain text")),
            // Other sites learn nothing from pictures and links. `no-referrer` would hide as much, but browsers then also
            // send `Origin: null` with our own forms, and over plain HTTP nothing else tells them from a stranger's.
            (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
            (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
            (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
            (HeaderName::from_static("permissions-policy"), HeaderValue::from_static(PERMISSIONS_POLICY)),
        ];
        let is_https = base_url.is_some_and(|url| url.scheme() == "https");
        Self { lines: lines.into(), is_https, trusted_proxies }
    }

    /// Whether a trusted proxy says that the request came by TLS.
    fn came_by_tls(&self, request: &Request) -> bool {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip().to_canonical());
        peer.is_some_and(|peer| self.trusted_proxies.iter().any(|network| network.contains(&peer)))
            && request.headers().get("x-forwarded-proto").is_some_and(|scheme| scheme == "https")
    }
}

/// Adds the headers that the answer does not have already.
pub(crate) async fn security_headers(State(said): State<SecurityHeaders>, request: Request, next: Next) -> Response {
    let is_https = said.is_https || said.came_by_tls(&request);
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in said.lines.iter() {
        headers.entry(name).or_insert_with(|| value.clone());
    }
    if is_https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, STRICT_TRANSPORT_SECURITY);
    }
    response
}
