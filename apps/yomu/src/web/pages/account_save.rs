//! `POST /account`: language and time zone.

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

use super::account_show::show_trouble;
use crate::actions::account::set_preferences;
use crate::trouble::ActionError;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::notice::{Done, Notice};
use crate::web::visit::{Visit, remember_language, see_other};

/// What was chosen; empty to follow the browser and the server.
#[derive(Deserialize)]
pub(in crate::web) struct PreferencesForm {
    #[serde(default)]
    language: String,
    #[serde(default)]
    time_zone: String,
}

/// Saves them. The browser's own memory of a language follows, or it would be stronger.
pub(in crate::web) async fn save(
    State(web): State<Web>,
    visit: Visit,
    Form(form): Form<PreferencesForm>,
) -> Result<Response, WebError> {
    match set_preferences(&web.app, visit.user, &form.language, &form.time_zone).await {
        Ok(()) => {
            let mut response = see_other("/account", Some(Notice::of(Done::SettingsSaved)));
            let language = form.language.trim();
            remember_language(&mut response, (!language.is_empty()).then_some(language));
            Ok(response)
        }
        Err(ActionError::Trouble(trouble)) => show_trouble(&web, &visit, trouble).await,
        Err(error) => Err(error.into()),
    }
}
