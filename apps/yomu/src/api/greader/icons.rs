//! Icons by the links that `subscription/list` gives.

use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse as _;

use super::visit::{Answer, Refusal};
use crate::api::{Api, icon_links};

/// An SVG may carry scripts and links; opened by itself, it stays a picture.
const PICTURE_ONLY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// Shows an icon, which never changes under its number.
pub(super) async fn show(State(api): State<Api>, Path(name): Path<String>) -> Answer {
    let (user, id) = icon_links::read(&api.app, &name).await?.ok_or(Refusal::NotFound)?;
    let icon = api.app.store.icon(user, id).await?.ok_or(Refusal::NotFound)?;
    let kind = Some(icon.media_type).filter(|kind| kind.starts_with("image/"));
    let kind = kind.and_then(|kind| HeaderValue::try_from(kind).ok());
    let headers = [
        (header::CONTENT_TYPE, kind.unwrap_or(HeaderValue::from_static("application/octet-stream"))),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PICTURE_ONLY)),
    ];
    Ok((headers, icon.bytes).into_response())
}
