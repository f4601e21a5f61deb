//! `GET /invitations/{token}`: the page behind an invitation's link.

use axum::extract::{Path, State};
use axum::response::Response;

use crate::sessions::Token;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::views::{Frame, InvitationView};
use crate::web::visit::Guest;

/// Shows who invites, and the way in. Opening it does not use it up: programs that look at links would do that.
pub(in crate::web) async fn show(
    State(web): State<Web>,
    guest: Guest,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    let sign_in = web.sign_in()?;
    let hash = Token::parse(&token).map(|token| token.hash()).ok_or(WebError::NotFound)?;
    let invitation = web.app.store.invitation(hash, guest.now).await?.ok_or(WebError::NotFound)?;
    let frame = Frame::without_places(&guest, guest.words.invitation_title);
    guest.page(&InvitationView::new(frame, sign_in.provider_name(), &invitation, token))
}
