//! `GET` and `POST /suggestions`: feeds to begin with.

use axum::extract::{RawForm, State};
use axum::response::Response;

use crate::actions::subscribe_suggested::subscribe_suggested;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::notice::{Done, Notice};
use crate::web::views::{Frame, Places, SuggestionsView};
use crate::web::visit::{Visit, see_other};

/// Shows them.
pub(in crate::web) async fn show(State(web): State<Web>, visit: Visit) -> Result<Response, WebError> {
    let frame = Frame::new(&visit, visit.words.library.suggestions, Places::load(&web, &visit).await?);
    visit.page(&SuggestionsView::new(frame))
}

/// Subscribes to those that are ticked.
pub(in crate::web) async fn subscribe(
    State(web): State<Web>,
    visit: Visit,
    RawForm(form): RawForm,
) -> Result<Response, WebError> {
    let fields: Vec<_> = url::form_urlencoded::parse(&form).filter(|(name, _)| name == "feed").collect();
    let count = subscribe_suggested(&web.app, visit.user, fields.iter().map(|(_, url)| url.as_ref())).await?;
    Ok(see_other("/feeds", Some(Notice::of(Done::Imported).with_count(count))))
}
