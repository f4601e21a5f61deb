//! `POST /feeds/{id}/remove`: the subscription ends.

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use yomu_model::ids::SubscriptionId;

use super::BackForm;
use crate::actions::unsubscribe::unsubscribe;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::notice::{Done, Notice};
use crate::web::path_id::PathId;
use crate::web::visit::{Visit, see_other};

/// Unsubscribes.
pub(in crate::web) async fn remove(
    State(web): State<Web>,
    visit: Visit,
    PathId(id): PathId<SubscriptionId>,
    Form(form): Form<BackForm>,
) -> Result<Response, WebError> {
    let (undo, kept) = unsubscribe(&web.app, visit.user, id).await?;
    let notice = Notice::of(Done::Unsubscribed).with_count(kept).with_undo(undo);
    // The feed's own pages are gone with it.
    let own = format!("/feeds/{id}");
    let stays = form.back.path() != "/" && form.back.path() != own;
    let back = if stays { form.back.as_str() } else { "/feeds" };
    Ok(see_other(back, Some(notice)))
}
