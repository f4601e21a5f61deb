//! `POST /import`: the feeds of another reader, from an OPML file.

use axum::extract::{Multipart, State};
use axum::response::Response;

use crate::actions::import_opml::import_opml;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::notice::{Done, Notice};
use crate::web::views::{Frame, Places, TransferView, quoted};
use crate::web::visit::{Visit, see_other};

/// Imports; what of the file could not be used is shown.
pub(in crate::web) async fn import(
    State(web): State<Web>,
    mut visit: Visit,
    form: Multipart,
) -> Result<Response, WebError> {
    let imported = import_opml(&web.app, visit.user, file(form).await?).await?;
    let count = u32::try_from(imported.new).unwrap_or(u32::MAX);
    let notice = Notice::of(Done::Imported).with_count(count);
    if imported.problems.is_empty() {
        return Ok(see_other("/feeds", Some(notice)));
    }
    visit.guest.notice = Some(notice);
    let frame = Frame::new(&visit, visit.words.transfer_title, Places::load(&web, &visit).await?);
    visit.page(&TransferView { frame, problems: imported.problems.iter().map(|problem| quoted(problem)).collect() })
}

/// The bytes of the uploaded file.
async fn file(mut form: Multipart) -> Result<Vec<u8>, WebError> {
    while let Some(field) = form.next_field().await? {
        if field.name() == Some("file") {
            return Ok(field.bytes().await?.to_vec());
        }
    }
    Err(WebError::BadRequest)
}
