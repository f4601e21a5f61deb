//! `GET /icons/{id}`: a feed's icon. An icon never changes under its number.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use yomu_model::ids::IconId;

use crate::web::Web;
use crate::web::error::WebError;
use crate::web::path_id::PathId;
use crate::web::visit::Visit;

/// An SVG may carry scripts and links; opened by itself, it stays a picture.
pub(super) const PICTURE_ONLY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// Shows an icon.
pub(in crate::web) async fn show(
    State(web): State<Web>,
    visit: Visit,
    PathId(id): PathId<IconId>,
) -> Result<Response, WebError> {
    let Some(icon) = web.app.store.icon(visit.user, id).await? else { return Err(WebError::NotFound) };
    // Only pictures are stored; this is the last door should anything else ever be.
    let kind = Some(icon.media_type).filter(|kind| kind.starts_with("image/"));
    let kind = kind.and_then(|kind| HeaderValue::try_from(kind).ok());
    let headers = [
        (header::CONTENT_TYPE, kind.unwrap_or(HeaderValue::from_static("application/octet-stream"))),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PICTURE_ONLY)),
    ];
    Ok((headers, icon.bytes).into_response())
}
