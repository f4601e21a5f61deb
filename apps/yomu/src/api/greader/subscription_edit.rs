//! `/subscription/edit` and `/subscription/quickadd`.

use axum::extract::State;
use serde_json::json;
use yomu_model::ids::SubscriptionId;
use yomu_store::FolderWish;

use super::stream::{Stream, feed_name};
use super::stream_filter::feed_of;
use super::visit::{Answer, Refusal, Visit, done, json};
use crate::actions::add_feed::{AddFeed, Added, add_feed};
use crate::actions::change_feed::{FeedChange, change_feed_partly};
use crate::actions::folder::find_or_create_folder;
use crate::actions::unsubscribe::unsubscribe;
use crate::api::{Api, library};
use crate::trouble::{ActionError, Trouble};

/// Subscribes, unsubscribes, renames and moves. Several streams have their titles in the same order.
pub(super) async fn edit(State(api): State<Api>, visit: Visit) -> Answer {
    let titles: Vec<&str> = visit.params.all("t").collect();
    let streams: Vec<&str> = visit.params.all("s").filter(|name| !name.is_empty()).collect();
    if streams.is_empty() {
        return Err(Refusal::Bad("`s` is missing".to_owned()));
    }
    for (index, name) in streams.into_iter().enumerate() {
        let stream = Stream::read(name).ok_or(Refusal::NotFound)?;
        let known = feed_of(&api.app, visit.user.id, &stream).await?;
        let title = titles.get(index).copied();
        match (visit.params.first("ac").unwrap_or_default(), known, stream) {
            // NetNewsWire subscribes once more by number after quickadd, to set name and folder.
            ("subscribe" | "edit", Some(id), _) => change(&api, &visit, id, title).await?,
            ("subscribe", None, Stream::FeedAt(address)) => {
                let id = add(&api, &visit, &address).await?;
                change(&api, &visit, id, title).await?;
            }
            ("unsubscribe", Some(id), _) => drop(unsubscribe(&api.app, visit.user.id, id).await?),
            ("subscribe" | "edit" | "unsubscribe", ..) => return Err(Refusal::NotFound),
            (other, ..) => return Err(Refusal::Bad(format!("`{other}` is nothing to do with a subscription"))),
        }
    }
    Ok(done())
}

/// Title and folder.
async fn change(api: &Api, visit: &Visit, id: SubscriptionId, title: Option<&str>) -> Result<(), Refusal> {
    let label = |name: &str| {
        visit.params.all(name).find_map(|label| match Stream::read(label) {
            Some(Stream::Label(label)) => Some(label),
            _ => None,
        })
    };
    let folder = match label("a") {
        Some(label) => {
            let folder = find_or_create_folder(&api.app, visit.user.id, &label).await?;
            Some(folder.map_or(FolderWish::Outside, FolderWish::In))
        }
        None => match label("r") {
            Some(label) if is_in(api, visit, id, &label).await? => Some(FolderWish::Outside),
            _ => None,
        },
    };
    let title = title.filter(|title| !title.trim().is_empty()).map(str::to_owned);
    change_feed_partly(&api.app, visit.user.id, id, FeedChange { title, folder, ..FeedChange::default() }).await?;
    Ok(())
}

async fn is_in(api: &Api, visit: &Visit, id: SubscriptionId, label: &str) -> Result<bool, Refusal> {
    let feed = library::feed(&api.app, visit.user.id, id).await?;
    Ok(feed.is_some_and(|feed| feed.folder_title.as_deref() == Some(label)))
}

/// Subscribes to a feed or the feed of a page; of several the first.
async fn add(api: &Api, visit: &Visit, address: &str) -> Result<SubscriptionId, ActionError> {
    let by = |address| AddFeed { address, folder: None, credentials: None };
    let none = || Trouble::new("no_feed", "no feed was found there");
    let first = match add_feed(&api.app, visit.user.id, by(address)).await? {
        Added::Subscribed { id, .. } => return Ok(id),
        Added::Choose(choices) => choices.into_iter().next().ok_or_else(none)?,
    };
    match add_feed(&api.app, visit.user.id, by(&first.url)).await? {
        Added::Subscribed { id, .. } => Ok(id),
        Added::Choose(_) => Err(none().into()),
    }
}

/// Subscribes by an address alone. A feed that is there already is named, too: NetNewsWire reads 0 as a failure.
pub(super) async fn quick_add(State(api): State<Api>, visit: Visit) -> Answer {
    let sent = visit.params.first("quickadd").unwrap_or_default().trim();
    let address = sent.strip_prefix("feed/").unwrap_or(sent);
    let failed = |reason: String| json(&json!({ "numResults": 0, "query": address, "error": reason }));
    let id = match add(&api, &visit, address).await {
        Ok(id) => id,
        Err(ActionError::Trouble(trouble)) => return Ok(failed(trouble.text)),
        Err(error) => return Err(error.into()),
    };
    let Some(feed) = library::feed(&api.app, visit.user.id, id).await? else { return Err(Refusal::NotFound) };
    Ok(json(&json!({
        "numResults": 1,
        "query": address,
        "streamId": feed_name(id),
        "streamName": library::Feed::from(&feed).title(&visit.user),
    })))
}
