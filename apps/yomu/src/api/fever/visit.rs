//! One call: its parameters from the address and the body, and whose `api_key` it has.

use std::time::Duration;

use axum::extract::multipart::Multipart;
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use yomu_store::{StoreError, User};

use crate::api::Api;
use crate::api::body::{BodyProblem, read_body};
use crate::api::caller::{Caller, NoCaller, Proof, retry_after, too_many};
use crate::api::params::Params;
use crate::client_address::client_address;
use crate::trouble::ActionError;

/// A call. Without a good key there is no user, and the answer says so.
pub(super) struct Call {
    pub(super) user: Option<User>,
    pub(super) params: Params,
}

/// What the handler answers.
pub(super) type Answered = Result<Response, Problem>;

/// Why there is no answer. The API knows only "not signed in"; these are for what it never thought of.
#[derive(Debug)]
pub(super) enum Problem {
    /// The app asks too often; so long to wait.
    TooMany(Duration),
    /// The request is larger than is read.
    TooLarge,
    /// The body stopped half-way.
    Broken,
    /// The database failed.
    Store(StoreError),
}

impl FromRequest<Api> for Call {
    type Rejection = Problem;

    async fn from_request(request: Request, api: &Api) -> Result<Self, Problem> {
        let address = client_address(request.extensions(), request.headers(), &api.trusted_proxies);
        let asked = Params::read(request.uri().query().unwrap_or_default().as_bytes());
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        // Reeder and others send their form in parts.
        let given = if kind.is_some_and(|kind| kind.to_ascii_lowercase().starts_with("multipart/form-data")) {
            in_parts(request, api).await?
        } else {
            Params::read(&read_body(request, api).await?)
        };
        let params = asked.and(given);
        let user = match params.first("api_key") {
            Some(key) => match Caller::by(api, Proof::FeverKey(key.trim().to_owned()), address).await {
                Ok(caller) => Some(caller.user),
                Err(NoCaller::Unknown) => None,
                Err(NoCaller::TooMany(wait)) => return Err(Problem::TooMany(wait)),
                Err(NoCaller::Failed(error)) => return Err(error.into()),
            },
            None => None,
        };
        Ok(Self { user, params })
    }
}

async fn in_parts(request: Request, api: &Api) -> Result<Params, Problem> {
    let mut form = Multipart::from_request(request, api).await.map_err(|_| Problem::Broken)?;
    let mut pairs = Vec::new();
    let broken = |error: axum::extract::multipart::MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
        _ => Problem::Broken,
    };
    while let Some(field) = form.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        pairs.push((name, field.text().await.map_err(broken)?));
    }
    Ok(Params::of(pairs))
}

/// An answer in JSON.
pub(super) fn json(value: &Value) -> Response {
    ([(header::CONTENT_TYPE, "application/json; charset=utf-8")], value.to_string()).into_response()
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        match self {
            Self::TooMany(wait) => retry_after(refusal(StatusCode::TOO_MANY_REQUESTS, &too_many(wait)), wait),
            Self::TooLarge => refusal(StatusCode::PAYLOAD_TOO_LARGE, "the request is larger than what is read"),
            Self::Broken => refusal(StatusCode::BAD_REQUEST, "the body stopped half-way, or is no form"),
            Self::Store(error) if error.is_away() => {
                tracing::warn!(%error, "an app waits for the database");
                refusal(StatusCode::SERVICE_UNAVAILABLE, "the database cannot be used now; try again in a moment")
            }
            Self::Store(error) => {
                tracing::error!(%error, "a request of an app failed at the database");
                refusal(StatusCode::INTERNAL_SERVER_ERROR, "the database failed")
            }
        }
    }
}

/// The API has no words for failures, so they stand where an app that shows anything would look.
fn refusal(status: StatusCode, reason: &str) -> Response {
    (status, json(&serde_json::json!({ "api_version": 3, "auth": 0, "error": reason }))).into_response()
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<BodyProblem> for Problem {
    fn from(problem: BodyProblem) -> Self {
        match problem {
            BodyProblem::TooLarge => Self::TooLarge,
            BodyProblem::Malformed => Self::Broken,
        }
    }
}

impl From<ActionError> for Problem {
    fn from(error: ActionError) -> Self {
        match error {
            ActionError::Store(error) => Self::Store(error),
            // Nothing that is marked here can be in trouble.
            ActionError::NotFound { .. } | ActionError::Trouble(_) => Self::Broken,
        }
    }
}
