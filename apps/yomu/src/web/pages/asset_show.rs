//! `GET /assets/{file}` and `/favicon.ico`: files in the binary.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};

use crate::web::assets;
use crate::web::error::WebError;

/// Shows a file, for ever.
pub(in crate::web) async fn show(Path(name): Path<String>) -> Result<Response, WebError> {
    let asset = assets::find(&name).ok_or(WebError::NotFound)?;
    let headers =
        [(header::CONTENT_TYPE, asset.media_type), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    Ok((headers, asset.bytes).into_response())
}

/// Where browsers look before they have read a page.
pub(in crate::web) async fn favicon() -> Redirect {
    Redirect::temporary(&assets::ICON.path)
}
