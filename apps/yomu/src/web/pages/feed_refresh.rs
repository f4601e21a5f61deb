//! `POST /feeds/{id}/refresh`: one feed, now.

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use yomu_model::ids::SubscriptionId;

use super::BackForm;
use crate::actions::refresh_now::refresh_feed;
use crate::trouble::ActionError;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::notice::{Done, Notice};
use crate::web::path_id::PathId;
use crate::web::visit::{Visit, see_other};

/// Asks a feed for news and waits for its answer.
pub(in crate::web) async fn refresh(
    State(web): State<Web>,
    visit: Visit,
    PathId(id): PathId<SubscriptionId>,
    Form(form): Form<BackForm>,
) -> Result<Response, WebError> {
    match refresh_feed(&web.app, visit.user, id).await {
        Ok(()) => Ok(see_other(form.back.as_str(), Some(Notice::of(Done::Refreshed)))),
        // The page to return to says what is wrong: the reason is stored with the feed.
        Err(ActionError::Trouble(_)) => Ok(see_other(form.back.as_str(), None)),
        Err(error) => Err(error.into()),
    }
}
