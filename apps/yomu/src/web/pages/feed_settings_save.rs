//! `POST /feeds/{id}/settings`.

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use yomu_model::ids::SubscriptionId;
use yomu_model::secret::Secret;

use crate::actions::change_feed::{FeedForm, change_feed};
use crate::trouble::{ActionError, Trouble};
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::notice::{Done, Notice};
use crate::web::path_id::PathId;
use crate::web::views::{Frame, Message, Places, SettingsForm, SettingsView};
use crate::web::visit::{Visit, see_other};

/// Saves the settings, or shows the form again with what is wrong and all that was typed.
pub(in crate::web) async fn save(
    State(web): State<Web>,
    visit: Visit,
    PathId(id): PathId<SubscriptionId>,
    Form(form): Form<SettingsForm>,
) -> Result<Response, WebError> {
    let change = FeedForm {
        title: &form.title,
        folder: &form.folder,
        full_text: form.full_text(),
        rules: &form.rules,
        address: &form.address,
        encoding: &form.encoding,
        username: &form.username,
        password: (!form.password.is_empty()).then(|| Secret::new(form.password.as_str())),
    };
    match change_feed(&web.app, visit.user, id, change).await {
        Ok(()) => Ok(see_other(&format!("/feeds/{id}"), Some(Notice::of(Done::SettingsSaved)))),
        Err(ActionError::Trouble(trouble)) => show_again(&web, &visit, id, form, trouble).await,
        Err(error) => Err(error.into()),
    }
}

async fn show_again(
    web: &Web,
    visit: &Visit,
    id: SubscriptionId,
    form: SettingsForm,
    trouble: Trouble,
) -> Result<Response, WebError> {
    let Some(feed) = web.app.store.subscription(visit.user, id).await? else { return Err(WebError::NotFound) };
    let frame = Frame::new(visit, visit.words.settings, Places::load(web, visit).await?);
    let message = Message::of_trouble(trouble, visit.words);
    let view = SettingsView::new(frame, visit, &feed, form, Some(message));
    visit.page_with_status(StatusCode::UNPROCESSABLE_ENTITY, &view)
}
