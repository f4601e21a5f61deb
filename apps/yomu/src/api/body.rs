//! Bodies of requests. Their declared kind is not looked at: Fluent Reader sends JSON as a form, others forms as text.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use serde::de::DeserializeOwned;

/// Why a body could not be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::api) enum BodyProblem {
    /// It is larger than is read.
    TooLarge,
    /// It is not what it should be, or stopped half-way.
    Malformed,
}

/// All bytes of a body, within the bound of its address.
pub(in crate::api) async fn read_body<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, BodyProblem> {
    Bytes::from_request(request, state).await.map_err(|rejection: BytesRejection| {
        let too_large = rejection.status() == StatusCode::PAYLOAD_TOO_LARGE;
        if too_large { BodyProblem::TooLarge } else { BodyProblem::Malformed }
    })
}

/// A body as JSON. Nothing at all counts as an empty object.
pub(in crate::api) fn read_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, BodyProblem> {
    let bytes = if bytes.trim_ascii().is_empty() { b"{}" } else { bytes };
    serde_json::from_slice(bytes).map_err(|_| BodyProblem::Malformed)
}
