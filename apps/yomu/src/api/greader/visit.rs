//! One request of an app: whose it is, and its parameters from the address and the body together. Apps put them where
//! they like and call the body what they like.

use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{FromRequest, OriginalUri, Request};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::json;
use yomu_store::{StoreError, User};

use crate::api::Api;
use crate::api::body::{BodyProblem, read_body};
use crate::api::caller::{Caller, NoCaller, retry_after, too_many};
use crate::api::params::Params;
use crate::trouble::ActionError;

/// A request with its caller.
pub(super) struct Visit {
    pub(super) user: User,
    pub(super) params: Params,
    pub(super) headers: HeaderMap,
    /// The path as it was sent, still escaped.
    pub(super) path: String,
    pub(super) body: Bytes,
}

impl FromRequest<Api> for Visit {
    type Rejection = Refusal;

    async fn from_request(request: Request, api: &Api) -> Result<Self, Refusal> {
        let caller = Caller::of(api, request.extensions(), request.headers()).await?;
        let headers = request.headers().clone();
        let original = request.extensions().get::<OriginalUri>().map(|original| original.0.clone());
        let uri = original.unwrap_or_else(|| request.uri().clone());
        let asked = Params::read(uri.query().unwrap_or_default().as_bytes());
        let body = read_body(request, api).await?;
        let params = asked.and(Params::read(&body));
        Ok(Self { user: caller.user, params, headers, path: uri.path().to_owned(), body })
    }
}

/// Why a request is not carried out.
#[derive(Debug)]
pub(super) enum Refusal {
    /// There is no app password, or a wrong one.
    Unauthorized,
    /// The app asks too often; so long to wait.
    TooMany(Duration),
    /// The request makes no sense; the sentence says why.
    Bad(String),
    /// There is no such thing.
    NotFound,
    /// The request is larger than is read.
    TooLarge,
    /// The database failed.
    Store(StoreError),
}

/// What a handler answers.
pub(super) type Answer = Result<Response, Refusal>;

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::Unauthorized => {
                let mut response = (StatusCode::UNAUTHORIZED, "Unauthorized").into_response();
                // Apps sign in anew when they see it: Capy Reader looks for the first name, FreshRSS sends the second.
                for name in ["x-reader-google-bad-token", "google-bad-token"] {
                    response.headers_mut().insert(name, HeaderValue::from_static("true"));
                }
                response
            }
            Self::TooMany(wait) => retry_after(problem(StatusCode::TOO_MANY_REQUESTS, &too_many(wait)), wait),
            Self::Bad(reason) => problem(StatusCode::BAD_REQUEST, &reason),
            Self::NotFound => problem(StatusCode::NOT_FOUND, "there is no such thing"),
            Self::TooLarge => problem(StatusCode::PAYLOAD_TOO_LARGE, "the request is larger than what is read"),
            Self::Store(error) if error.is_away() => {
                tracing::warn!(%error, "an app waits for the database");
                problem(StatusCode::SERVICE_UNAVAILABLE, "the database cannot be used now; try again in a moment")
            }
            Self::Store(error) => {
                tracing::error!(%error, "a request of an app failed at the database");
                problem(StatusCode::INTERNAL_SERVER_ERROR, "the database failed")
            }
        }
    }
}

fn problem(status: StatusCode, reason: &str) -> Response {
    (status, json(&json!({ "error": reason }))).into_response()
}

/// An answer in JSON, also without `output=json`.
pub(super) fn json(value: &impl Serialize) -> Response {
    match serde_json::to_vec(value) {
        Ok(bytes) => ([(header::CONTENT_TYPE, "application/json; charset=utf-8")], bytes).into_response(),
        Err(error) => {
            tracing::error!(%error, "an answer has no form in JSON");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// The answer to what changes something, without a line's end: newsboat compares it letter for letter.
pub(super) fn done() -> Response {
    "OK".into_response()
}

/// Any other address below the API.
pub(super) async fn unknown(_: Visit) -> Refusal {
    Refusal::NotFound
}

impl From<NoCaller> for Refusal {
    fn from(problem: NoCaller) -> Self {
        match problem {
            NoCaller::Unknown => Self::Unauthorized,
            NoCaller::TooMany(wait) => Self::TooMany(wait),
            NoCaller::Failed(error) => Self::from(error),
        }
    }
}

impl From<ActionError> for Refusal {
    fn from(error: ActionError) -> Self {
        match error {
            ActionError::NotFound { .. } => Self::NotFound,
            ActionError::Trouble(trouble) => Self::Bad(trouble.text),
            ActionError::Store(error) => Self::Store(error),
        }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<BodyProblem> for Refusal {
    fn from(problem: BodyProblem) -> Self {
        match problem {
            BodyProblem::TooLarge => Self::TooLarge,
            BodyProblem::Malformed => Self::Bad("the body stopped half-way".to_owned()),
        }
    }
}
