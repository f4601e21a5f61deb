//! Only requests for our own names are answered.
//!
//! Everybody who reaches the program is its one user. A page on `evil.example` whose name is made to point at this
//! machine (DNS rebinding) would reach it through the reader's own browser; but its requests still say `evil.example`.

use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::web::Web;

/// The names of this machine, which no stranger can have.
const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// Refuses requests that were meant for another host.
pub(in crate::web) async fn own_host_only(State(web): State<Web>, request: Request, next: Next) -> Response {
    let header = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    // HTTP/2 and absolute addresses name the host in the request itself, which then counts (RFC 9112, section 3.2.2).
    let host = request.uri().authority().map(Authority::as_str).or(header).unwrap_or_default();
    if is_own(host, web.host.as_deref()) {
        next.run(request).await
    } else {
        StatusCode::MISDIRECTED_REQUEST.into_response()
    }
}

/// Whether a host, with any port, is this machine or the program's address.
fn is_own(host: &str, base: Option<&str>) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    LOOPBACK.iter().copied().chain(base).any(|own| own.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_and_the_own_address_are_answered_on_any_port() {
        for host in ["localhost", "localhost:3000", "LOCALHOST:1", "127.0.0.1:3000", "[::1]", "[::1]:3000"] {
            assert!(is_own(host, None), "{host}");
        }
        assert!(is_own("yomu.example.org", Some("yomu.example.org")));
        assert!(is_own("yomu.example.org:8443", Some("yomu.example.org")));
    }

    #[test]
    fn other_names_are_not() {
        for host in
            ["", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example:3000", "evil.example:localhost"]
        {
            assert!(!is_own(host, Some("yomu.example.org")), "{host}");
        }
    }
}
