//! `GET /assets/{file}` and `/favicon.ico`: files in the binary.

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};

use crate::web::assets;
use crate::web::error::WebError;

/// Shows a file, for ever, in the smallest form that the browser takes.
pub(in crate::web) async fn show(Path(name): Path<String>, asked: HeaderMap) -> Result<Response, WebError> {
    let asset = assets::find(&name).ok_or(WebError::NotFound)?;
    let accepted = asked.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (bytes, encoding) = asset.encoded(accepted);
    let headers = [
        (header::CONTENT_TYPE, asset.media_type),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::VARY, "Accept-Encoding"),
    ];
    let mut response = (headers, bytes).into_response();
    if let Some(encoding) = encoding {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    Ok(response)
}

/// Where browsers look before they have read a page.
pub(in crate::web) async fn favicon() -> Redirect {
    Redirect::temporary(assets::ICON.path)
}
