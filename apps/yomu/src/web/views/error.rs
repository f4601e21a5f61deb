//! A failure as a page.

use askama::Template;
use axum::http::StatusCode;

use super::{Frame, Message};
use crate::trouble::Trouble;
use crate::web::words::Words;

/// The page of a failure.
#[derive(Template)]
#[template(path = "error.html")]
pub(in crate::web) struct ErrorView {
    pub(in crate::web) frame: Frame,
    pub(in crate::web) status: u16,
    pub(in crate::web) message: Message,
}

impl ErrorView {
    /// The page: what is known of the failure, else what its status means.
    pub(in crate::web) fn new(frame: Frame, status: StatusCode, failure: Option<Trouble>) -> Self {
        let message = match failure {
            Some(trouble) => Message::of_trouble(trouble, frame.words),
            None => Message::plain(sentence(status, frame.words)),
        };
        Self { frame, status: status.as_u16(), message }
    }
}

fn sentence(status: StatusCode, words: &Words) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => words.error_not_found,
        // Only the guard against forms of other sites forbids anything.
        StatusCode::FORBIDDEN => words.error_refused,
        StatusCode::UNAUTHORIZED => words.error_signed_out,
        StatusCode::TOO_MANY_REQUESTS => words.error_too_many,
        StatusCode::MISDIRECTED_REQUEST => words.error_other_host,
        StatusCode::PAYLOAD_TOO_LARGE => words.error_too_large,
        // Only a database that is away makes a page unavailable.
        StatusCode::SERVICE_UNAVAILABLE => words.error_away,
        StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => words.error_too_slow,
        status if status.is_client_error() => words.error_bad_request,
        _ => words.error_internal,
    }
}
