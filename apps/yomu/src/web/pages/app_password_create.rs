//! `POST /account/app-passwords`: the answer shows the password, once.

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

use super::account_show::show_trouble;
use crate::actions::app_password::create_app_password;
use crate::trouble::ActionError;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::views::{AppPasswordView, Frame, Places};
use crate::web::visit::Visit;

/// What to call it.
#[derive(Deserialize)]
pub(in crate::web) struct AppPasswordForm {
    name: String,
}

/// Makes a password and shows it. There is no redirect, since nothing may keep the password for the next page.
pub(in crate::web) async fn create(
    State(web): State<Web>,
    visit: Visit,
    Form(form): Form<AppPasswordForm>,
) -> Result<Response, WebError> {
    match create_app_password(&web.app, visit.user, &form.name).await {
        Ok(made) => {
            let frame = Frame::new(&visit, visit.words.app_password_new, Places::load(&web, &visit).await?);
            visit.page_shown_once(&AppPasswordView { frame, username: made.username, password: made.password })
        }
        Err(ActionError::Trouble(trouble)) => show_trouble(&web, &visit, trouble).await,
        Err(error) => Err(error.into()),
    }
}
