//! `GET /welcome`: three ways in.

use axum::response::Response;

use crate::web::error::WebError;
use crate::web::views::{Frame, WelcomeView};
use crate::web::visit::Visit;

/// Shows the welcome.
pub(in crate::web) async fn show(visit: Visit) -> Result<Response, WebError> {
    let frame = Frame::alone(&visit, visit.words.welcome_title);
    visit.page(&WelcomeView { frame })
}
