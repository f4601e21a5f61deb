//! What handlers take from a request: who calls, numbers in the address, parameters, JSON.

use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::error::Refusal;
use crate::api::Api;
use crate::api::body::{read_body, read_json};
use crate::api::caller::Caller;
use crate::api::params::Params;

impl FromRequestParts<Api> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Refusal> {
        Ok(Self::of(api, &parts.extensions, &parts.headers).await?)
    }
}

/// A number in the address.
pub(super) struct Id<T>(pub(super) T);

impl<T: From<i64>> FromRequestParts<Api> for Id<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Refusal> {
        let Path(text) = Path::<String>::from_request_parts(parts, api).await.map_err(|_| no_number())?;
        number(&text).map(T::from).map(Self)
    }
}

/// Two numbers in the address.
pub(super) struct TwoIds<T, U>(pub(super) T, pub(super) U);

impl<T: From<i64>, U: From<i64>> FromRequestParts<Api> for TwoIds<T, U> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Refusal> {
        let path = Path::<(String, String)>::from_request_parts(parts, api).await;
        let Path((first, second)) = path.map_err(|_| no_number())?;
        Ok(Self(number(&first)?.into(), number(&second)?.into()))
    }
}

fn number(text: &str) -> Result<i64, Refusal> {
    text.parse().ok().filter(|number| *number > 0).ok_or_else(no_number)
}

fn no_number() -> Refusal {
    Refusal::bad("the address needs a positive number here")
}

/// The parameters of the address.
pub(super) struct Asked(pub(super) Params);

impl FromRequestParts<Api> for Asked {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &Api) -> Result<Self, Refusal> {
        Ok(Self(Params::read(parts.uri.query().unwrap_or_default().as_bytes())))
    }
}

/// A body as JSON, whatever kind it is said to be.
pub(super) struct Given<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<Api> for Given<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, api: &Api) -> Result<Self, Refusal> {
        Ok(Self(read_json(&read_body(request, api).await?)?))
    }
}

/// A body as it is.
pub(super) struct Raw(pub(super) Vec<u8>);

impl FromRequest<Api> for Raw {
    type Rejection = Refusal;

    async fn from_request(request: Request, api: &Api) -> Result<Self, Refusal> {
        Ok(Self(read_body(request, api).await?.to_vec()))
    }
}

/// An answer in JSON.
pub(super) fn json(value: &impl Serialize) -> Response {
    json_with(StatusCode::OK, value)
}

/// An answer whose JSON is there already.
pub(super) fn json_text(text: Vec<u8>) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}

/// A long answer in JSON, for which room is made beforehand: about so many bytes.
pub(super) fn json_in(room: usize, value: &impl Serialize) -> Response {
    written(StatusCode::OK, Vec::with_capacity(room), value)
}

/// An answer in JSON with another status than 200.
pub(super) fn json_with(status: StatusCode, value: &impl Serialize) -> Response {
    written(status, Vec::new(), value)
}

fn written(status: StatusCode, mut text: Vec<u8>, value: &impl Serialize) -> Response {
    match serde_json::to_writer(&mut text, value) {
        Ok(()) => (status, json_text(text)).into_response(),
        Err(error) => {
            tracing::error!(%error, "an answer has no form in JSON");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
