//! `GET` and `POST /feeds/{id}/remove`: the subscription ends, where the numbers are not at hand after a question.

use axum::Form;
use axum::extract::{Query, State};
use axum::response::Response;
use yomu_model::ids::SubscriptionId;

use super::BackForm;
use crate::actions::unsubscribe::unsubscribe;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::notice::{Done, Notice};
use crate::web::path_id::PathId;
use crate::web::views::{Frame, LeaveView, Places};
use crate::web::visit::{Visit, see_other};

/// Says what would be deleted and what would stay. The entries of this one feed are counted when it is asked, and not
/// those of every feed on a page with many.
pub(in crate::web) async fn ask(
    State(web): State<Web>,
    visit: Visit,
    PathId(id): PathId<SubscriptionId>,
    Query(form): Query<BackForm>,
) -> Result<Response, WebError> {
    let Some(feed) = web.app.store.subscription(visit.user, id).await? else { return Err(WebError::NotFound) };
    let (leaving, places) = tokio::try_join!(web.app.store.leaving(visit.user, id), Places::load(&web, &visit))?;
    let frame = Frame::new(&visit, visit.words.leave_title, places);
    let back = if form.back.path() == "/" { format!("/feeds/{id}") } else { form.back.as_str().to_owned() };
    visit.page(&LeaveView::new(frame, &feed, &leaving, back))
}

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
    let own = [format!("/feeds/{id}"), format!("/feeds/{id}/settings"), format!("/feeds/{id}/remove")];
    let stays = form.back.path() != "/" && own.iter().all(|page| form.back.path() != page);
    let back = if stays { form.back.as_str() } else { "/feeds" };
    Ok(see_other(back, Some(notice)))
}
