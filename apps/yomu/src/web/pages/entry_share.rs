//! `POST /entries/{id}/share`: the answer shows a public link, once.

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use yomu_model::ids::EntryId;

use super::BackForm;
use crate::actions::share::share;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::own_address::OwnAddress;
use crate::web::path_id::PathId;
use crate::web::views::{Frame, Places, ShareLinkView};
use crate::web::visit::Visit;

/// Makes a link and shows it. There is no redirect, since nothing may keep the link for the next page.
pub(in crate::web) async fn create(
    State(web): State<Web>,
    visit: Visit,
    address: OwnAddress,
    PathId(id): PathId<EntryId>,
    Form(form): Form<BackForm>,
) -> Result<Response, WebError> {
    let token = share(&web.app, visit.user, id).await?;
    let frame = Frame::new(&visit, visit.words.library.share_new, Places::load(&web, &visit).await?);
    let link = format!("{}/shared/{}", address.0, token.expose());
    visit.page_shown_once(&ShareLinkView { frame, link, back: form.back.as_str().to_owned() })
}
