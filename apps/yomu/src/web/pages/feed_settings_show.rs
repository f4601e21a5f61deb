//! `GET /feeds/{id}/settings`.

use axum::extract::State;
use axum::response::Response;
use yomu_model::ids::SubscriptionId;

use crate::web::Web;
use crate::web::error::WebError;
use crate::web::path_id::PathId;
use crate::web::views::{Frame, Places, SettingsForm, SettingsView};
use crate::web::visit::Visit;

/// Shows the settings of a subscription.
pub(in crate::web) async fn show(
    State(web): State<Web>,
    visit: Visit,
    PathId(id): PathId<SubscriptionId>,
) -> Result<Response, WebError> {
    let Some(feed) = web.app.store.subscription(visit.user, id).await? else { return Err(WebError::NotFound) };
    let (leaving, places) = tokio::try_join!(web.app.store.leaving(visit.user, id), Places::load(&web, &visit))?;
    let frame = Frame::new(&visit, visit.words.settings, places);
    let form = SettingsForm::of(&feed);
    visit.page(&SettingsView::new(frame, &visit, &feed, &leaving, form, None))
}
