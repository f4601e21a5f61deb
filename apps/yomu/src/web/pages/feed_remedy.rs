//! `POST /feeds/{id}/find`, `/password`, `/hush` and `/unhush`: what helps a feed that fails, by one press.

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use yomu_model::ids::SubscriptionId;
use yomu_model::secret::Secret;

use super::BackForm;
use crate::actions::change_feed::{FeedChange, change_feed_partly};
use crate::actions::find_address::{NewAddress, find_address, hush_feed, unhush_feed, use_address};
use crate::actions::refresh_now::refresh_feed;
use crate::trouble::ActionError;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::local_path::LocalPath;
use crate::web::notice::{Done, Notice};
use crate::web::path_id::PathId;
use crate::web::views::{Choice, FindView, Frame, Message, Places};
use crate::web::visit::{Visit, see_other};

/// The chosen feed, when several were found.
#[derive(Deserialize)]
pub(in crate::web) struct FindForm {
    #[serde(default)]
    choice: String,
}

/// Takes the address at which the feed is now; with several, asks which.
pub(in crate::web) async fn find(
    State(web): State<Web>,
    visit: Visit,
    PathId(id): PathId<SubscriptionId>,
    Form(form): Form<FindForm>,
) -> Result<Response, WebError> {
    let found = if form.choice.is_empty() {
        find_address(&web.app, visit.user, id).await
    } else {
        use_address(&web.app, visit.user, id, &form.choice).await.map(|()| NewAddress::Used)
    };
    let (status, choices, message) = match found {
        Ok(NewAddress::Used) => return Ok(see_other(&format!("/feeds/{id}"), Some(Notice::of(Done::FeedMoved)))),
        Ok(NewAddress::Same) => return Ok(see_other(&format!("/feeds/{id}"), Some(Notice::of(Done::Refreshed)))),
        Ok(NewAddress::Choose(feeds)) => {
            let choices = feeds.into_iter().map(|feed| Choice { url: feed.url, title: feed.title });
            (StatusCode::OK, choices.collect(), None)
        }
        Err(ActionError::Trouble(trouble)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, Vec::new(), Some(Message::of_trouble(trouble, visit.words)))
        }
        Err(error) => return Err(error.into()),
    };
    let Some(feed) = web.app.store.subscription(visit.user, id).await? else { return Err(WebError::NotFound) };
    let frame = Frame::new(&visit, visit.words.find_title, Places::load(&web, &visit).await?);
    let name = feed.title().to_owned();
    visit.page_with_status(status, &FindView { frame, id, name, choices, message })
}

/// Name and password, as typed.
#[derive(Deserialize)]
pub(in crate::web) struct PasswordForm {
    #[serde(default)]
    username: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    back: LocalPath,
}

/// Keeps name and password, and asks the feed with them at once.
pub(in crate::web) async fn password(
    State(web): State<Web>,
    visit: Visit,
    PathId(id): PathId<SubscriptionId>,
    Form(form): Form<PasswordForm>,
) -> Result<Response, WebError> {
    let password = Some(Secret::new(form.password.as_str()));
    let change = FeedChange { username: Some(form.username), password, ..FeedChange::default() };
    change_feed_partly(&web.app, visit.user, id, change).await?;
    match refresh_feed(&web.app, visit.user, id).await {
        Ok(()) => Ok(see_other(form.back.as_str(), Some(Notice::of(Done::Refreshed)))),
        // The page to return to says what is wrong: the reason is stored with the feed.
        Err(ActionError::Trouble(_)) => Ok(see_other(form.back.as_str(), None)),
        Err(error) => Err(error.into()),
    }
}

/// Keeps a feed that has ended, and says no more of it.
pub(in crate::web) async fn hush(
    State(web): State<Web>,
    visit: Visit,
    PathId(id): PathId<SubscriptionId>,
    Form(form): Form<BackForm>,
) -> Result<Response, WebError> {
    let undo = hush_feed(&web.app, visit.user, id).await?;
    Ok(see_other(form.back.as_str(), Some(Notice::of(Done::FeedHushed).with_undo(undo))))
}

/// Says again what is wrong with it.
pub(in crate::web) async fn unhush(
    State(web): State<Web>,
    visit: Visit,
    PathId(id): PathId<SubscriptionId>,
    Form(form): Form<BackForm>,
) -> Result<Response, WebError> {
    unhush_feed(&web.app, visit.user, id).await?;
    Ok(see_other(form.back.as_str(), Some(Notice::of(Done::FeedUnhushed))))
}
