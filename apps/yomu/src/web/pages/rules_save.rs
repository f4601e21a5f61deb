//! `POST /rules`: the rules for all feeds are kept, or tried on the last month.

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use crate::actions::rules::{preview_rules, set_rules};
use crate::trouble::ActionError;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::notice::{Done, Notice};
use crate::web::views::{Frame, Message, Places, PreviewView, RulesView};
use crate::web::visit::{Visit, see_other};

/// The rules as typed.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in crate::web) struct RulesForm {
    rules: String,
    /// Not empty when nothing is to be kept yet.
    preview: String,
}

/// Keeps the rules, or shows the form again with what they would have done or what is wrong with them.
pub(in crate::web) async fn save(
    State(web): State<Web>,
    visit: Visit,
    Form(form): Form<RulesForm>,
) -> Result<Response, WebError> {
    let tried = if form.preview.is_empty() {
        set_rules(&web.app, visit.user, &form.rules).await.map(|()| None)
    } else {
        preview_rules(&web.app, visit.user, None, &form.rules).await.map(Some)
    };
    let (status, preview, message) = match tried {
        Ok(None) => return Ok(see_other("/rules", Some(Notice::of(Done::SettingsSaved)))),
        Ok(Some(preview)) => (StatusCode::OK, Some(PreviewView::new(preview, &visit)), None),
        Err(ActionError::Trouble(trouble)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, None, Some(Message::of_trouble(trouble, visit.words)))
        }
        Err(error) => return Err(error.into()),
    };
    let frame = Frame::new(&visit, visit.words.library.rules_all, Places::load(&web, &visit).await?);
    visit.page_with_status(status, &RulesView { frame, rules: form.rules, preview, message })
}
