//! The user's subscriptions as an OPML file. Names and passwords stay here.

use yomu_feed::opml::{Outline, write};
use yomu_model::ids::UserId;

use crate::App;
use crate::trouble::ActionError;

/// The text of the file.
///
/// # Errors
/// A failure of the database.
pub async fn export_opml(app: &App, user: UserId) -> Result<String, ActionError> {
    let subscriptions = app.store.subscriptions(user).await?;
    let outlines: Vec<Outline> = subscriptions
        .into_iter()
        .map(|one| Outline {
            title: one.title().to_owned(),
            folders: one.folder_title.into_iter().collect(),
            xml_url: one.source.url,
            html_url: one.site_url,
            ..Outline::default()
        })
        .collect();
    Ok(write("Yomu", &outlines))
}
