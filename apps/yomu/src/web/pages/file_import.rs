//! `POST /import`: the feeds of another reader, or the pages that another program kept. Which it is, the file says.

use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;

use super::import_show::path_since;
use super::transfer_show::view;
use crate::actions::import_file::{ImportedFile, import_file};
use crate::trouble::ActionError;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::notice::{Done, Notice};
use crate::web::views::{Message, TransferView, quoted};
use crate::web::visit::{Visit, see_other};

/// Imports; what of the file could not be used is shown.
pub(in crate::web) async fn import(
    State(web): State<Web>,
    mut visit: Visit,
    form: Multipart,
) -> Result<Response, WebError> {
    let bytes = file(form).await?;
    let began = web.app.now();
    let (notice, problems, path) = match take_in(&web, &visit, bytes, began).await {
        Ok(imported) => imported,
        Err(ActionError::Trouble(trouble)) => {
            let message = Message::of_trouble(trouble, visit.words);
            let page = view(&web, &visit, Vec::new(), Some(message)).await?;
            return visit.page_with_status(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
        Err(error) => return Err(error.into()),
    };
    if problems.is_empty() {
        return Ok(see_other(&path, Some(notice)));
    }
    visit.guest.notice = Some(notice);
    let problems = problems.iter().map(|problem| quoted(problem)).collect();
    let page = view(&web, &visit, problems, None).await?;
    let progress = if path.starts_with("/import") { path } else { page.progress };
    visit.page(&TransferView { progress, ..page })
}

/// What was done, what could not be used, and where to go when all could.
async fn take_in(
    web: &Web,
    visit: &Visit,
    bytes: Vec<u8>,
    began: Timestamp,
) -> Result<(Notice, Vec<String>, String), ActionError> {
    Ok(match import_file(&web.app, visit.user, bytes, |_, _| {}).await? {
        ImportedFile::Feeds(imported) => {
            let count = u32::try_from(imported.new).unwrap_or(u32::MAX);
            let path = if count == 0 { "/feeds".to_owned() } else { path_since(began) };
            (Notice::of(Done::Imported).with_count(count), imported.problems, path)
        }
        ImportedFile::Pages(imported) => {
            (Notice::of(Done::PagesImported).with_count(imported.new), imported.problems, "/transfer".to_owned())
        }
    })
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
