//! The address of this program as the reader's browser knows it, for links that are copied elsewhere.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;

use super::Web;

/// Scheme, host and port, such as `https://yomu.example.com`: what `BASE_URL` says, else the host that was asked for.
pub(super) struct OwnAddress(pub(super) String);

impl FromRequestParts<Web> for OwnAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Infallible> {
        if let Some(base) = &web.base_url {
            return Ok(Self(base.origin().ascii_serialization()));
        }
        // Without `BASE_URL` only names of this computer are answered, which have no certificate.
        let host = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
        Ok(Self(format!("http://{host}")))
    }
}
