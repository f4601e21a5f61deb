//! `GET /offline`: what the service worker shows in place of a page that it did not keep.

use axum::response::Response;

use crate::web::error::WebError;
use crate::web::views::{Frame, OfflineView};
use crate::web::visit::Guest;

/// Shows that the page is not there without a network. It is anybody's, and says nothing about who reads.
pub(in crate::web) async fn show(guest: Guest) -> Result<Response, WebError> {
    let frame = Frame::without_places(&guest, guest.words.offline_title);
    guest.page(&OfflineView { frame })
}
