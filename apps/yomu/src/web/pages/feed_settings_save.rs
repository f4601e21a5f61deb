//! `POST /feeds/{id}/settings`.

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use yomu_model::ids::SubscriptionId;
use yomu_model::secret::Secret;

use crate::actions::change_feed::{FeedForm, change_feed};
use crate::actions::rules::preview_rules;
use crate::trouble::ActionError;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::notice::{Done, Notice};
use crate::web::path_id::PathId;
use crate::web::views::{Frame, Message, Places, PreviewView, SettingsForm, SettingsView};
use crate::web::visit::{Visit, see_other};

/// Saves the settings, or shows the form again with what is wrong and all that was typed.
pub(in crate::web) async fn save(
    State(web): State<Web>,
    visit: Visit,
    PathId(id): PathId<SubscriptionId>,
    Form(form): Form<SettingsForm>,
) -> Result<Response, WebError> {
    if !form.preview.is_empty() {
        let tried = preview_rules(&web.app, visit.user, Some(id), &form.rules).await;
        let (status, preview, message) = match tried {
            Ok(preview) => (StatusCode::OK, Some(PreviewView::new(preview, &visit)), None),
            Err(ActionError::Trouble(trouble)) => {
                (StatusCode::UNPROCESSABLE_ENTITY, None, Some(Message::of_trouble(trouble, visit.words)))
            }
            Err(error) => return Err(error.into()),
        };
        return show_again(&web, &visit, id, form, status, preview, message).await;
    }
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
        Err(ActionError::Trouble(trouble)) => {
            let message = Message::of_trouble(trouble, visit.words);
            show_again(&web, &visit, id, form, StatusCode::UNPROCESSABLE_ENTITY, None, Some(message)).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn show_again(
    web: &Web,
    visit: &Visit,
    id: SubscriptionId,
    form: SettingsForm,
    status: StatusCode,
    preview: Option<PreviewView>,
    message: Option<Message>,
) -> Result<Response, WebError> {
    let Some(feed) = web.app.store.subscription(visit.user, id).await? else { return Err(WebError::NotFound) };
    let (leaving, places) = tokio::try_join!(web.app.store.leaving(visit.user, id), Places::load(web, visit))?;
    let frame = Frame::new(visit, visit.words.settings, places);
    let view = SettingsView { preview, ..SettingsView::new(frame, visit, &feed, &leaving, form, message) };
    visit.page_with_status(status, &view)
}
