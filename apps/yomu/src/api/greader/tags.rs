//! `/tag/list`, `/rename-tag` and `/disable-tag`: labels. Folders and the tags of items share their names here; where both
//! have one, the folder is meant.

use axum::extract::State;
use serde_json::json;
use yomu_model::ids::{FolderId, TagId};
use yomu_model::name::TagName;

use super::stream::{STARRED, Stream, label_name};
use super::visit::{Answer, Refusal, Visit, done, json};
use crate::actions::folder::{remove_folder, rename_folder};
use crate::actions::tag::{remove_tag, rename_tag};
use crate::api::Api;

/// The star, all folders and all tags.
pub(super) async fn list(State(api): State<Api>, visit: Visit) -> Answer {
    let (folders, own) = tokio::try_join!(api.app.store.folders(visit.user.id), api.app.store.tags(visit.user.id))?;
    let is_folder = |name: &str| folders.iter().any(|folder| folder.title == name);
    let own = own.iter().filter(|one| !is_folder(&one.name));
    let own = own.map(|one| json!({ "id": label_name(&one.name), "type": "tag", "unread_count": one.unread_count }));
    let labels = folders
        .iter()
        .map(|one| json!({ "id": label_name(&one.title), "type": "folder", "unread_count": one.unread_count }));
    let tags: Vec<_> = std::iter::once(json!({ "id": STARRED })).chain(labels).chain(own).collect();
    Ok(json(&json!({ "tags": tags })))
}

/// Gives a folder or a tag another name.
pub(super) async fn rename(State(api): State<Api>, visit: Visit) -> Answer {
    let label = label(&api, &visit, visit.params.first("s").unwrap_or_default()).await?;
    let Some(Stream::Label(title)) = visit.params.first("dest").and_then(Stream::read) else {
        return Err(Refusal::Bad("`dest` is no label".to_owned()));
    };
    match label {
        Label::Folder(id) => rename_folder(&api.app, visit.user.id, id, &title).await?,
        Label::Tag(id) => rename_tag(&api.app, visit.user.id, id, &title).await?,
    }
    Ok(done())
}

/// Removes folders and tags; feeds and items stay.
pub(super) async fn disable(State(api): State<Api>, visit: Visit) -> Answer {
    for name in visit.params.all("s").chain(visit.params.all("t")) {
        match label(&api, &visit, name).await? {
            Label::Folder(id) => remove_folder(&api.app, visit.user.id, id).await?,
            Label::Tag(id) => remove_tag(&api.app, visit.user.id, id).await?,
        }
    }
    Ok(done())
}

/// What a label is here.
enum Label {
    Folder(FolderId),
    Tag(TagId),
}

async fn label(api: &Api, visit: &Visit, name: &str) -> Result<Label, Refusal> {
    // `t` of the original is the bare name of a label.
    let title = match Stream::read(name) {
        Some(Stream::Label(title)) => title,
        _ => name.to_owned(),
    };
    let folders = api.app.store.folders(visit.user.id).await?;
    if let Some(folder) = folders.into_iter().find(|one| one.title == title) {
        return Ok(Label::Folder(folder.id));
    }
    let name = TagName::parse(&title).map_err(|_| Refusal::NotFound)?;
    api.app.store.tag_named(visit.user.id, &name).await?.map(Label::Tag).ok_or(Refusal::NotFound)
}
