//! `GET /image/{signature}/{address}`: a picture of an article, by way of this program.
//!
//! Its failures are for `<img>`, which shows the alternative text; so they are a status and a sentence, no page.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use yomu_store::StoreError;

use super::icon_show::PICTURE_ONLY;
use crate::fetch::FetchError;
use crate::images::{Audience, Found, NoPicture, Picture, Seal, Validators};
use crate::web::Web;
use crate::web::limits::NO_PICTURE_SECONDS;

/// Shows a picture to the reader for whom its address was made.
pub(in crate::web) async fn show(
    State(web): State<Web>,
    Path((signature, address)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let reader = match web.reader(&headers).await {
        Ok(Some(reader)) => reader,
        Ok(None) => return StatusCode::UNAUTHORIZED.into_response(),
        Err(error) => return failed(&error),
    };
    answer(&web, Audience::Reader(reader.user.id), &signature, &address, &headers).await
}

/// Nobody can say whether there is a picture.
pub(super) fn failed(error: &StoreError) -> Response {
    tracing::warn!(%error, "a picture failed at the database");
    StatusCode::SERVICE_UNAVAILABLE.into_response()
}

/// The picture of a path, or why there is none.
pub(super) async fn answer(
    web: &Web,
    audience: Audience<'_>,
    signature: &str,
    address: &str,
    headers: &HeaderMap,
) -> Response {
    let Some(images) = &web.app.images else { return refusal(&NoPicture::Unsigned) };
    let known = Validators {
        etag: text(headers, &header::IF_NONE_MATCH),
        last_modified: text(headers, &header::IF_MODIFIED_SINCE),
    };
    match images.find(audience, signature, address, known).await {
        Ok(Found::New(Picture { kind, length, seal, body })) => {
            let mut response = body.into_response();
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
            headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PICTURE_ONLY));
            if let Some(length) = length {
                headers.insert(header::CONTENT_LENGTH, length.into());
            }
            sealed(response, &seal)
        }
        Ok(Found::Same(seal)) => sealed(StatusCode::NOT_MODIFIED.into_response(), &seal),
        Err(problem) => refusal(&problem),
    }
}

/// What the browser keeps beside the picture, and how long it need not ask again.
fn sealed(mut response: Response, seal: &Seal) -> Response {
    let headers = response.headers_mut();
    let lasting = format!("private, max-age={}, immutable", seal.fresh_for.as_secs());
    let lines = [
        (header::CACHE_CONTROL, Some(&lasting)),
        (header::ETAG, seal.validators.etag.as_ref()),
        (header::LAST_MODIFIED, seal.validators.last_modified.as_ref()),
    ];
    for (name, value) in lines {
        if let Some(value) = value.and_then(|value| HeaderValue::from_bytes(value.as_bytes()).ok()) {
            headers.insert(name, value);
        }
    }
    response
}

fn refusal(problem: &NoPicture) -> Response {
    let (status, again) = match problem {
        NoPicture::Unsigned => (StatusCode::NOT_FOUND, "no-store".to_owned()),
        NoPicture::Busy => (StatusCode::SERVICE_UNAVAILABLE, "no-store".to_owned()),
        // Another server's failure is none of ours, so it is no 502, which would ask whoever runs this to look into it.
        NoPicture::Other | NoPicture::Fetch(_) => {
            (StatusCode::NOT_FOUND, format!("private, max-age={NO_PICTURE_SECONDS}"))
        }
    };
    let mut response = (status, [(header::CACHE_CONTROL, again)], format!("{problem}\n")).into_response();
    if matches!(problem, NoPicture::Busy | NoPicture::Fetch(FetchError::RateLimited { .. })) {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    response
}

fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}
