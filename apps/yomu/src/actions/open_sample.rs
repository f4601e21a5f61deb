//! Opens the sample library: feeds and pages that come with the program, brought in like any others.

use yomu_model::ids::UserId;

use super::import_opml::import_opml;
use super::refresh_now::refresh_feed;
use super::save_page::save_page;
use crate::App;
use crate::sample;
use crate::trouble::ActionError;

/// Subscribes to the sample feeds, saves the sample pages, and waits until they can be read.
///
/// # Errors
/// Trouble or a failure of the database.
pub async fn open_sample(app: &App, user: UserId) -> Result<(), ActionError> {
    import_opml(app, user, sample::OPML.to_vec()).await?;
    for subscription in app.store.subscriptions(user).await? {
        if sample::is_sample(&subscription.source.url) {
            refresh_feed(app, user, subscription.id).await?;
        }
    }
    for page in sample::PAGES {
        save_page(app, user, page).await?;
    }
    Ok(())
}
