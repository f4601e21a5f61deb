//! Subscribes to the feeds of an OPML file. They are fetched in the background.

use std::collections::HashMap;

use yomu_feed::opml::{Outline, ReadOpml, read};
use yomu_model::ids::{FolderId, UserId};
use yomu_model::name::FeedTitle;
use yomu_store::FeedSource;

use super::{folder_titled, parse_address};
use crate::App;
use crate::trouble::{ActionError, Trouble};

/// What an import came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Imported {
    /// New subscriptions.
    pub new: usize,
    /// Feeds that the user read already.
    pub known: usize,
    /// What could not be used, one sentence each.
    pub problems: Vec<String>,
}

/// Imports a subscription list.
///
/// # Errors
/// Trouble when there is nothing to import in the file; a failure of the database.
pub async fn import_opml(app: &App, user: UserId, bytes: Vec<u8>) -> Result<Imported, ActionError> {
    let list = app.compute(move || read(&bytes)).await.unwrap_or_default();
    import_list(app, user, list, |_, _| {}).await
}

/// Imports a subscription list that was read. `progress` hears how many feeds of how many are done.
///
/// # Errors
/// Trouble when there is nothing to import in it; a failure of the database.
pub(crate) async fn import_list(
    app: &App,
    user: UserId,
    list: ReadOpml,
    mut progress: impl FnMut(u64, u64),
) -> Result<Imported, ActionError> {
    let problems: Vec<String> = list.problems.iter().map(ToString::to_string).collect();
    if list.outlines.is_empty() {
        let reason = problems.into_iter().next().unwrap_or_else(|| "the file lists no feeds".to_owned());
        return Err(Trouble::new("opml", reason).into());
    }
    let mut imported = Imported { problems, ..Imported::default() };
    let mut folders = HashMap::new();
    let count = list.outlines.len() as u64;
    for (done, outline) in (1..).zip(list.outlines) {
        match import(app, user, &outline, &mut folders).await {
            Ok(true) => imported.new += 1,
            Ok(false) => imported.known += 1,
            Err(ActionError::Trouble(trouble)) => {
                let name = if outline.title.is_empty() { &outline.xml_url } else { &outline.title };
                imported.problems.push(format!("{name}: {}", trouble.text));
            }
            Err(error) => return Err(error),
        }
        progress(done, count);
    }
    app.changed(user).await;
    app.wake_refresher().await;
    Ok(imported)
}

/// Subscribes to one feed. Says whether it is new.
async fn import(
    app: &App,
    user: UserId,
    outline: &Outline,
    folders: &mut HashMap<String, Option<FolderId>>,
) -> Result<bool, ActionError> {
    let url = parse_address(&outline.xml_url)?;
    // Folders have one level here; nested ones keep their path in the name.
    let path = outline.folders.join(" / ");
    let folder = match folders.get(&path) {
        Some(folder) => *folder,
        None => {
            let folder = folder_titled(app, user, &path).await?;
            folders.insert(path, folder);
            folder
        }
    };
    // A title that cannot be one is left to the feed.
    let title = FeedTitle::parse(&outline.title).ok();
    let title = title.as_ref().map(FeedTitle::as_str);
    let (_, _, is_new) = app.store.subscribe(user, &FeedSource::at(url), folder, title, app.now()).await?;
    Ok(is_new)
}
