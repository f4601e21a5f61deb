//! `POST /admin/invitations`: the answer shows the link, once.

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

use super::admin_show::show_trouble;
use crate::actions::invitation::invite;
use crate::trouble::ActionError;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::views::{Frame, InvitationLinkView, Places};
use crate::web::visit::Visit;

/// For whom it is.
#[derive(Deserialize)]
pub(in crate::web) struct InvitationForm {
    note: String,
}

/// Makes an invitation and shows its link.
pub(in crate::web) async fn create(
    State(web): State<Web>,
    visit: Visit,
    Form(form): Form<InvitationForm>,
) -> Result<Response, WebError> {
    visit.admins_only()?;
    web.sign_in()?;
    match invite(&web.app, visit.user, &form.note).await {
        Ok(made) => {
            let frame = Frame::new(&visit, visit.words.invitation_new, Places::load(&web, &visit).await?);
            let base = web.base_url.as_ref().map(|url| url.origin().ascii_serialization()).unwrap_or_default();
            visit.page_shown_once(&InvitationLinkView::new(frame, &visit, &base, &made))
        }
        Err(ActionError::Trouble(trouble)) => show_trouble(&web, &visit, trouble).await,
        Err(error) => Err(error.into()),
    }
}
