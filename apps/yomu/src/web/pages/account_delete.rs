//! `POST /account/delete`: with everything in it.

use axum::Form;
use axum::extract::State;
use axum::response::Response;

use super::ConfirmForm;
use super::account_show::show_trouble;
use crate::actions::account::delete_account;
use crate::trouble::ActionError;
use crate::web::Web;
use crate::web::cookies::Cookie;
use crate::web::error::WebError;
use crate::web::notice::{Done, Notice};
use crate::web::visit::{Visit, see_other};

/// Deletes the account, when its name was typed.
pub(in crate::web) async fn delete(
    State(web): State<Web>,
    visit: Visit,
    Form(form): Form<ConfirmForm>,
) -> Result<Response, WebError> {
    web.sign_in()?;
    let deleted = match form.confirms(&visit.name) {
        Ok(()) => delete_account(&web.app, visit.user).await,
        Err(trouble) => Err(trouble.into()),
    };
    match deleted {
        Ok(()) => {
            let mut response = see_other("/sign-in", Some(Notice::of(Done::AccountDeleted)));
            web.cookies.clear(&mut response, Cookie::Session);
            Ok(response)
        }
        Err(ActionError::Trouble(trouble)) => show_trouble(&web, &visit, trouble).await,
        Err(error) => Err(error.into()),
    }
}
