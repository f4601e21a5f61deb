//! A number in an address.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;

use super::Web;
use super::error::WebError;

/// The number of the thing that an address is about. An address whose number is none leads nowhere: 404, not 400.
pub(super) struct PathId<T>(pub(super) T);

impl<T: From<i64>> FromRequestParts<Web> for PathId<T> {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, WebError> {
        let number: Result<Path<i64>, _> = Path::from_request_parts(parts, web).await;
        number.map(|Path(number)| Self(T::from(number))).map_err(|_| WebError::NotFound)
    }
}
