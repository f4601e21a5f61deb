//! Failures as Miniflux reports them: a status and `{"error_message": "..."}`. Inner causes are logged and hidden.

use std::time::Duration;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use yomu_store::StoreError;

use super::input::json_with;
use crate::api::body::BodyProblem;
use crate::api::caller::{NoCaller, retry_after, too_many};
use crate::trouble::ActionError;

/// Why a request is not carried out.
#[derive(Debug)]
pub(in crate::api) enum Refusal {
    /// The request makes no sense; the sentence says why.
    Bad(String),
    /// There is no app password, or a wrong one.
    Unauthorized,
    /// The app asks too often; so long to wait.
    TooMany(Duration),
    /// The user may not.
    Forbidden,
    /// The user has no such thing.
    NotFound,
    /// The request is larger than is read.
    TooLarge,
    /// Another server failed; the sentence says how.
    Elsewhere(String),
    /// The database failed.
    Store(StoreError),
}

/// What a handler answers.
pub(in crate::api) type Answer = Result<Response, Refusal>;

impl Refusal {
    /// A request that makes no sense.
    pub(super) fn bad(reason: impl Into<String>) -> Self {
        Self::Bad(reason.into())
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let wait = if let Self::TooMany(wait) = self { Some(wait) } else { None };
        let (status, message) = match self {
            Self::Bad(reason) => (StatusCode::BAD_REQUEST, reason),
            Self::Unauthorized => (StatusCode::UNAUTHORIZED, "access unauthorized".to_owned()),
            Self::TooMany(wait) => (StatusCode::TOO_MANY_REQUESTS, too_many(wait)),
            Self::Forbidden => (StatusCode::FORBIDDEN, "access forbidden".to_owned()),
            Self::NotFound => (StatusCode::NOT_FOUND, "resource not found".to_owned()),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "the request is larger than what is read".to_owned()),
            Self::Elsewhere(reason) => (StatusCode::INTERNAL_SERVER_ERROR, reason),
            Self::Store(error) if error.is_away() => {
                tracing::warn!(%error, "an app waits for the database");
                (StatusCode::SERVICE_UNAVAILABLE, "the database cannot be used now; try again in a moment".to_owned())
            }
            Self::Store(error) => {
                tracing::error!(%error, "a request of an app failed at the database");
                (StatusCode::INTERNAL_SERVER_ERROR, "the database failed".to_owned())
            }
        };
        let mut response = json_with(status, &json!({ "error_message": message }));
        if status == StatusCode::UNAUTHORIZED {
            let realm = HeaderValue::from_static("Basic realm=\"Restricted\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, realm);
        }
        match wait {
            Some(wait) => retry_after(response, wait),
            None => response,
        }
    }
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
            ActionError::Trouble(trouble) if is_about_input(&trouble.kind) => Self::Bad(trouble.text),
            ActionError::Trouble(trouble) => Self::Elsewhere(trouble.text),
            ActionError::Store(error) => Self::from(error),
        }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Duplicate => Self::Bad(error.to_string()),
            error => Self::Store(error),
        }
    }
}

impl From<BodyProblem> for Refusal {
    fn from(problem: BodyProblem) -> Self {
        match problem {
            BodyProblem::TooLarge => Self::TooLarge,
            BodyProblem::Malformed => Self::bad("the body is not the JSON that is expected here"),
        }
    }
}

/// Trouble with what the app sent, not with somebody's server.
fn is_about_input(kind: &str) -> bool {
    matches!(
        kind,
        "address"
            | "folder"
            | "folder_exists"
            | "title"
            | "name"
            | "rules"
            | "encoding"
            | "known_feed"
            | "opml"
            | "bad_url"
            | "language"
            | "time_zone"
            | "last_admin"
            | "too_many_passwords"
            | "duplicate"
    )
}
