//! From what went wrong to an answer. Inner causes are logged here and hidden from the page; [`super::layers::dress`]
//! turns the rest into words in the reader's language.

use axum::extract::multipart::MultipartError;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use yomu_store::StoreError;

use super::visit::see_other;
use crate::limits::DATABASE_BACK_SECONDS;
use crate::trouble::{ActionError, Trouble};

/// Why a page cannot be shown or a form not be carried out.
#[derive(Debug)]
pub(super) enum WebError {
    /// The user has no such thing.
    NotFound,
    /// The reader should know, and can act upon it.
    Trouble(Trouble),
    /// The request makes no sense, such as a form without its fields.
    BadRequest,
    /// The request is larger than is read.
    TooLarge,
    /// Nobody is signed in. A page leads to the sign-in, and back to itself.
    SignedOut {
        /// The page; none for a form.
        back: Option<String>,
    },
    /// Too many tries to sign in.
    TooMany {
        /// How long to wait.
        seconds: u64,
    },
    /// The database failed.
    Store(StoreError),
    /// A template failed.
    Render(askama::Error),
}

/// What the dressed answer tells besides its status.
#[derive(Debug, Clone)]
pub(super) struct Failure(pub(super) Trouble);

impl IntoResponse for WebError {
    fn into_response(self) -> Response {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND.into_response(),
            Self::Trouble(trouble) => {
                let mut response = StatusCode::UNPROCESSABLE_ENTITY.into_response();
                response.extensions_mut().insert(Failure(trouble));
                response
            }
            Self::BadRequest => StatusCode::BAD_REQUEST.into_response(),
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE.into_response(),
            Self::SignedOut { back: Some(back) } => see_other(&sign_in_path(&back), None),
            Self::SignedOut { back: None } => StatusCode::UNAUTHORIZED.into_response(),
            Self::TooMany { seconds } => {
                (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, seconds.to_string())]).into_response()
            }
            Self::Store(error) if error.is_away() => {
                tracing::warn!(%error, "a page waits for the database");
                (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, DATABASE_BACK_SECONDS)]).into_response()
            }
            Self::Store(error) => {
                tracing::error!(%error, "a page failed at the database");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
            Self::Render(error) => {
                tracing::error!(%error, "a page failed at its template");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }
}

/// The sign-in page that leads back to another.
pub(super) fn sign_in_path(back: &str) -> String {
    if back == "/" {
        return "/sign-in".to_owned();
    }
    let back: String = url::form_urlencoded::byte_serialize(back.as_bytes()).collect();
    format!("/sign-in?back={back}")
}

impl From<ActionError> for WebError {
    fn from(error: ActionError) -> Self {
        match error {
            ActionError::NotFound { .. } => Self::NotFound,
            ActionError::Trouble(trouble) => Self::Trouble(trouble),
            ActionError::Store(error) => Self::from(error),
        }
    }
}

impl From<StoreError> for WebError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Duplicate => Self::Trouble(Trouble { kind: "duplicate".to_owned(), text: error.to_string() }),
            error => Self::Store(error),
        }
    }
}

impl From<askama::Error> for WebError {
    fn from(error: askama::Error) -> Self {
        Self::Render(error)
    }
}

impl From<MultipartError> for WebError {
    fn from(error: MultipartError) -> Self {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Self::TooLarge } else { Self::BadRequest }
    }
}
