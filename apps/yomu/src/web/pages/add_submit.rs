//! `POST /add`: subscribe to what is at an address, or save the page.

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use yomu_model::secret::Secret;
use yomu_store::Credentials;

use crate::actions::add_feed::{AddFeed, Added, add_feed};
use crate::actions::save_page::save_page;
use crate::trouble::ActionError;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::notice::{Done, Notice};
use crate::web::own_address::OwnAddress;
use crate::web::views::{AddForm, AddView, Choice, Frame, Message, Places};
use crate::web::visit::{Visit, see_other};

/// Adds, or shows the form again with what is wrong or with feeds to choose from.
pub(in crate::web) async fn submit(
    State(web): State<Web>,
    visit: Visit,
    own: OwnAddress,
    Form(form): Form<AddForm>,
) -> Result<Response, WebError> {
    let done =
        if form.save.is_empty() { subscribe(&web, &visit, &form).await } else { save(&web, &visit, &form).await };
    let (status, choices, message) = match done {
        Ok(Outcome::Done(path, what)) => return Ok(see_other(&path, Some(Notice::of(what)))),
        Ok(Outcome::Choose(choices)) => (StatusCode::OK, choices, None),
        Err(ActionError::Trouble(trouble)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, Vec::new(), Some(Message::of_trouble(trouble, visit.words)))
        }
        Err(error) => return Err(error.into()),
    };
    let frame = Frame::new(&visit, visit.words.add_title, Places::load(&web, &visit).await?);
    visit.page_with_status(status, &AddView::new(frame, form, choices, message, &own.0))
}

enum Outcome {
    /// The page to go to, and what happened.
    Done(String, Done),
    Choose(Vec<Choice>),
}

async fn subscribe(web: &Web, visit: &Visit, form: &AddForm) -> Result<Outcome, ActionError> {
    let credentials = (!form.username.is_empty())
        .then(|| Credentials { username: form.username.clone(), password: Secret::new(form.password.as_str()) });
    let folder = Some(form.folder.trim()).filter(|folder| !folder.is_empty());
    let address = if form.choice.is_empty() { &form.address } else { &form.choice };
    Ok(match add_feed(&web.app, visit.user, AddFeed { address, folder, credentials }).await? {
        Added::Subscribed { id, is_new } => {
            let what = if is_new { Done::Subscribed } else { Done::SubscribedBefore };
            Outcome::Done(format!("/feeds/{id}"), what)
        }
        Added::Choose(feeds) => {
            Outcome::Choose(feeds.into_iter().map(|feed| Choice { url: feed.url, title: feed.title }).collect())
        }
    })
}

async fn save(web: &Web, visit: &Visit, form: &AddForm) -> Result<Outcome, ActionError> {
    let id = save_page(&web.app, visit.user, &form.address).await.map_err(ActionError::of_page)?;
    Ok(Outcome::Done(format!("/entries/{id}?from=saved"), Done::PageSaved))
}
