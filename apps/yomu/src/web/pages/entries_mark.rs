//! `POST /entries/read`, `/entries/unread`, `/entries/star`, `/entries/unstar`: several entries at once.
//!
//! Each says how the entries shall be. A browser that did not hear the answer may therefore ask again, and what it asks for
//! is there once.

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use yomu_model::ids::EntryId;

use crate::actions::mark::mark_entries;
use crate::actions::star::star_entries;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::limits::MARKED_AT_ONCE_MAX;
use crate::web::local_path::LocalPath;
use crate::web::visit::{Visit, see_other};

/// Which entries.
#[derive(Deserialize)]
pub(in crate::web) struct EntriesForm {
    /// Their numbers, with commas between them.
    ids: String,
    #[serde(default)]
    back: LocalPath,
}

impl EntriesForm {
    fn entries(&self) -> Result<Vec<EntryId>, WebError> {
        let ids: Vec<EntryId> =
            self.ids.split(',').map(str::parse).collect::<Result<_, _>>().map_err(|_| WebError::BadRequest)?;
        if ids.len() > MARKED_AT_ONCE_MAX { Err(WebError::TooLarge) } else { Ok(ids) }
    }

    fn done(&self) -> Response {
        see_other(self.back.as_str(), None)
    }
}

/// Marks entries read.
pub(in crate::web) async fn read(web: State<Web>, visit: Visit, form: Form<EntriesForm>) -> Result<Response, WebError> {
    mark_entries(&web.app, visit.user, &form.entries()?, false).await?;
    Ok(form.done())
}

/// Marks entries unread.
pub(in crate::web) async fn unread(
    web: State<Web>,
    visit: Visit,
    form: Form<EntriesForm>,
) -> Result<Response, WebError> {
    mark_entries(&web.app, visit.user, &form.entries()?, true).await?;
    Ok(form.done())
}

/// Stars entries.
pub(in crate::web) async fn star(web: State<Web>, visit: Visit, form: Form<EntriesForm>) -> Result<Response, WebError> {
    star_entries(&web.app, visit.user, &form.entries()?, true).await?;
    Ok(form.done())
}

/// Takes the stars away.
pub(in crate::web) async fn unstar(
    web: State<Web>,
    visit: Visit,
    form: Form<EntriesForm>,
) -> Result<Response, WebError> {
    star_entries(&web.app, visit.user, &form.entries()?, false).await?;
    Ok(form.done())
}
