//! `POST /mark`: a list read, or its beginning down to one entry.

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use yomu_model::ids::EntryId;
use yomu_store::Range;

use crate::actions::mark::mark_range;
use crate::actions::undo::Undo;
use crate::web::Web;
use crate::web::cursor::read_cursor;
use crate::web::error::WebError;
use crate::web::list_name::ListName;
use crate::web::local_path::LocalPath;
use crate::web::notice::{Done, Notice};
use crate::web::visit::{Visit, see_other};

/// What the form of a list says.
#[derive(Deserialize)]
pub(in crate::web) struct MarkForm {
    list: String,
    /// The highest entry number when the list was shown.
    newest: EntryId,
    /// The last entry to mark; nothing for all of the list.
    #[serde(default)]
    up_to: String,
    #[serde(default)]
    back: LocalPath,
}

/// Marks what the reader has seen.
pub(in crate::web) async fn mark(
    State(web): State<Web>,
    visit: Visit,
    Form(form): Form<MarkForm>,
) -> Result<Response, WebError> {
    let list: ListName = form.list.parse().map_err(|_| WebError::BadRequest)?;
    let up_to = read_cursor(&form.up_to);
    // A place that cannot be read must not become "the whole list".
    if up_to.is_none() && !form.up_to.is_empty() {
        return Err(WebError::BadRequest);
    }
    let range = Range { order: list.order, up_to, newest_seen: form.newest };
    let marked = mark_range(&web.app, visit.user, list.view, range).await?;
    let notice = Notice::of(Done::Marked).with_count(marked.count).with_undo(Undo::Mark { at: marked.at });
    // What was marked has left a list of unread entries: its next page begins where the first one did.
    let back = if list.is_unread_only() { list.path() } else { form.back.as_str().to_owned() };
    Ok(see_other(&back, Some(notice)))
}
