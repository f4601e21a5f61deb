//! `GET /rules`: the rules for all feeds.

use axum::extract::State;
use axum::response::Response;

use crate::web::Web;
use crate::web::error::WebError;
use crate::web::views::{Frame, Places, RulesView};
use crate::web::visit::Visit;

/// Shows the rules.
pub(in crate::web) async fn show(State(web): State<Web>, visit: Visit) -> Result<Response, WebError> {
    let (rules, places) = tokio::try_join!(web.app.store.rules(visit.user), Places::load(&web, &visit))?;
    let frame = Frame::new(&visit, visit.words.library.rules_all, places);
    visit.page(&RulesView { frame, rules, preview: None, message: None })
}
