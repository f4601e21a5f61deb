//! `/tag/list`, `/rename-tag` and `/disable-tag`: labels, which are folders here.

use axum::extract::State;
use serde_json::json;
use yomu_store::Folder;

use super::stream::{STARRED, Stream, label_name};
use super::visit::{Answer, Refusal, Visit, done, json};
use crate::actions::folder::{remove_folder, rename_folder};
use crate::api::Api;

/// The star, and all folders.
pub(super) async fn list(State(api): State<Api>, visit: Visit) -> Answer {
    let folders = api.app.store.folders(visit.user.id).await?;
    let labels = folders
        .iter()
        .map(|one| json!({ "id": label_name(&one.title), "type": "folder", "unread_count": one.unread_count }));
    let tags: Vec<_> = std::iter::once(json!({ "id": STARRED })).chain(labels).collect();
    Ok(json(&json!({ "tags": tags })))
}

/// Gives a folder another title.
pub(super) async fn rename(State(api): State<Api>, visit: Visit) -> Answer {
    let folder = folder(&api, &visit, visit.params.first("s").unwrap_or_default()).await?;
    let Some(Stream::Label(title)) = visit.params.first("dest").and_then(Stream::read) else {
        return Err(Refusal::Bad("`dest` is no label".to_owned()));
    };
    rename_folder(&api.app, visit.user.id, folder.id, &title).await?;
    Ok(done())
}

/// Removes folders; their feeds stay.
pub(super) async fn disable(State(api): State<Api>, visit: Visit) -> Answer {
    for name in visit.params.all("s").chain(visit.params.all("t")) {
        let folder = folder(&api, &visit, name).await?;
        remove_folder(&api.app, visit.user.id, folder.id).await?;
    }
    Ok(done())
}

async fn folder(api: &Api, visit: &Visit, name: &str) -> Result<Folder, Refusal> {
    // `t` of the original is the bare name of a label.
    let title = match Stream::read(name) {
        Some(Stream::Label(title)) => title,
        _ => name.to_owned(),
    };
    let folders = api.app.store.folders(visit.user.id).await?;
    folders.into_iter().find(|one| one.title == title).ok_or(Refusal::NotFound)
}
